using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchRecs.Store.Releases;

/// <summary>A release as the store has it.</summary>
public sealed record Release
{
    /// <summary>Gets its id; later releases have larger ids.</summary>
    public required long ReleaseId { get; init; }

    /// <summary>Gets the name of its recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets the run that made it.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets the key of all that it depends on.</summary>
    public required string Key { get; init; }

    /// <summary>Gets its state: <c>building</c>, <c>built</c>, <c>dropping</c>.</summary>
    public required string State { get; init; }

    /// <summary>Gets when its load began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it became current, the last time; null if it never did.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Gets when it ceased to be current; null if it is or never was.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Gets the time of the newest event that it knows, in microseconds since 1970-01-01 UTC.</summary>
    public required long DataUntil { get; init; }

    /// <summary>Gets its metrics as JSON; null while it is loaded.</summary>
    public string? Metrics { get; init; }

    /// <summary>Gets the text of the job that made it.</summary>
    public required string JobDefinition { get; init; }

    /// <summary>Gets why a guard refused it; null if none did.</summary>
    public string? RefusedReason { get; init; }

    /// <summary>Gets when somebody went back from it to an older one; null if nobody did, or it became current again.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Gets who did that.</summary>
    public string? WithdrawnBy { get; init; }

    /// <summary>Gets why, in that person's words; null if nothing was said.</summary>
    public string? WithdrawnReason { get; init; }

    /// <summary>Gets when it was let through although a guard refused it; null if that was not done.</summary>
    public DateTimeOffset? OverriddenAt { get; init; }

    /// <summary>Gets who asked for that.</summary>
    public string? OverriddenBy { get; init; }

    /// <summary>Gets why, in that person's words.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>
    /// Gets what it is in one word: <c>building</c>, <c>dropping</c>, <c>current</c>, <c>withdrawn</c> (a person went back from it),
    /// <c>retired</c> (another followed), <c>refused</c> (by a guard), <c>built</c> (complete, never published).
    /// </summary>
    public string Standing => this switch
    {
        { State: not ReleaseStates.Built } => State,
        { IsCurrent: true } => "current",
        { WithdrawnAt: not null } => "withdrawn",
        { PublishedAt: not null } => "retired",
        { RefusedReason: not null } => "refused",
        _ => State,
    };

    /// <summary>Gets a value indicating whether readers see it now.</summary>
    public bool IsCurrent => PublishedAt is not null && RetiredAt is null;

    /// <summary>Gets how many rows it has; null while it is loaded.</summary>
    public ReleaseCounts? Counts => CountsJson is null ? null : JsonSerializer.Deserialize<ReleaseCounts>(CountsJson, ReleaseCounts.Json);

    /// <summary>Gets the counts as the store has them.</summary>
    internal string? CountsJson { get; init; }
}

/// <summary>Who goes back from a release, and why.</summary>
/// <param name="By">The person: <c>anna@host via cli</c>.</param>
/// <param name="Reason">In the person's words; null if nothing was said.</param>
public sealed record Withdrawal(string By, string? Reason);

/// <summary>What came of the wish to publish a release.</summary>
public enum Publication
{
    /// <summary>It is current now.</summary>
    Done,

    /// <summary>It was current already.</summary>
    AlreadyCurrent,

    /// <summary>Somebody went back from this very content, so the current release stays.</summary>
    Withheld,
}

/// <summary>How many rows a release has.</summary>
/// <param name="Users">Users with a main list.</param>
/// <param name="Recommendations">Rows of the main lists.</param>
/// <param name="Again">Rows of the lists of items to take again.</param>
/// <param name="Similar">Rows of similar items.</param>
/// <param name="Popular">Rows of popular and trending lists.</param>
/// <param name="Items">Items with statistics.</param>
public sealed record ReleaseCounts(long Users, long Recommendations, long Again, long Similar, long Popular, long Items)
{
    /// <summary>Gets the places of the main lists that were given to drawn items; a release without has no such count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Explored { get; init; }

    /// <summary>Gets the form of the counts in the store: names in camel case.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);
}
