using BatchRecs.Store.Privacy;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>Everything that a project holds about one person, for the person to read.</summary>
/// <param name="UserId">The id as it was asked for.</param>
/// <param name="At">When it was put together.</param>
/// <param name="Summary">In a sentence, what is held.</param>
/// <param name="Explanations">What each part means, by its name.</param>
/// <param name="Recommenders">A part per recommender of the project.</param>
public sealed record PersonalData(
    string UserId,
    DateTimeOffset At,
    string Summary,
    IReadOnlyDictionary<string, string> Explanations,
    IReadOnlyList<PersonalPart> Recommenders);

/// <summary>What one recommender holds about a person.</summary>
/// <param name="Recommender">Its name.</param>
/// <param name="Forgotten">True = the person was forgotten and is kept out.</param>
/// <param name="OptedOut">True = the job's list says that the person wants nothing personal; null where there is no such list.</param>
/// <param name="Lists">The person's lists in the retained releases.</param>
/// <param name="Events">Events in the extracts on disk.</param>
/// <param name="Segments">Segments of rules that the person is in, and the one that the person is measured in.</param>
/// <param name="Models">What fitted models have learnt of the person.</param>
/// <param name="RejectedRows">Rows of the person that could not be used.</param>
/// <param name="Titles">Titles of the items that are named, by id.</param>
public sealed record PersonalPart(
    string Recommender,
    bool Forgotten,
    bool? OptedOut,
    IReadOnlyList<PersonalList> Lists,
    IReadOnlyList<PersonalEvent> Events,
    IReadOnlyList<string> Segments,
    IReadOnlyList<PersonalVector> Models,
    IReadOnlyList<RejectedRow> RejectedRows,
    IReadOnlyDictionary<string, string> Titles)
{
    /// <summary>Gets a value indicating whether anything is held beside the keyed hash of somebody who was forgotten.</summary>
    public bool HoldsSomething => Lists.Count + Events.Count + Segments.Count + Models.Count + RejectedRows.Count > 0;
}

/// <summary>An event as an extract on disk has it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Type">The event type.</param>
/// <param name="Value">Its value; null = none.</param>
/// <param name="At">When it happened.</param>
public sealed record PersonalEvent(string ItemId, string Type, double? Value, DateTimeOffset At);

/// <summary>The numbers that stand for a person in a fitted model.</summary>
/// <param name="Model">Name of the scorer and of its array.</param>
/// <param name="Numbers">The vector.</param>
public sealed record PersonalVector(string Model, IReadOnlyList<double> Numbers);
