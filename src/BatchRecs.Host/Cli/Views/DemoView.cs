using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Views;

/// <summary>What the demo shows after its run.</summary>
sealed record DemoView
{
    /// <summary>Gets one line on the data: what, how many, when.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the recommender; its views carry this name.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets how the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Gets what the evaluation measured, list by list.</summary>
    public required IReadOnlyList<EvaluationView> Evaluations { get; init; }

    /// <summary>Gets the words that fit the data.</summary>
    public required DemoWords Words { get; init; }

    /// <summary>Gets some customers with their lists.</summary>
    public required IReadOnlyList<DemoCustomer> Customers { get; init; }

    /// <summary>Gets some items with their similar items.</summary>
    public required IReadOnlyList<SimilarListView> Similar { get; init; }

    /// <summary>Gets the path of the database file, as a person in the current folder would write it.</summary>
    public required string DatabasePath { get; init; }
}

/// <summary>The words that fit the data of a demo.</summary>
/// <param name="User">What a user is: <c>customer</c>, <c>person</c>.</param>
/// <param name="History">Heading of what a user did: <c>bought lately</c>, <c>rated lately</c>.</param>
/// <param name="Verb">What a user does with an item, in the past: <c>bought</c>, <c>liked</c>.</param>
/// <param name="Again">Heading of the list of items to have again (<c>to buy again</c>); null if the job publishes none.</param>
sealed record DemoWords(string User, string History, string Verb, string? Again = null);

/// <summary>A customer of the demo.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="Latest">The newest events, newest first.</param>
/// <param name="Recommendations">The head of the published list.</param>
/// <param name="Again">The head of the list of items to have again; empty if there is none.</param>
sealed record DemoCustomer(
    string UserId,
    IReadOnlyList<HistoryEntry> Latest,
    IReadOnlyList<RecommendationRow> Recommendations,
    IReadOnlyList<RecommendationRow> Again);

/// <summary>One event of a customer.</summary>
/// <param name="Date">Its day.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title; null if unknown.</param>
sealed record HistoryEntry(DateOnly Date, string ItemId, string? Title);
