namespace BatchRecs.Host.Cli.Views;

/// <summary>The list of one user, as applications would read it.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="UserId">The user, as asked for.</param>
/// <param name="ReleaseId">The release that the list comes from.</param>
/// <param name="HasOwnList">False if the user has no list and gets the popular one.</param>
/// <param name="Items">The list, by rank.</param>
sealed record RecommendationListView(
    string Recommender,
    string UserId,
    long ReleaseId,
    bool HasOwnList,
    IReadOnlyList<RecommendationRow> Items);

/// <summary>One recommendation.</summary>
/// <param name="Rank">Position in the list, from 1.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title; null if unknown.</param>
/// <param name="Score">Its score; comparable inside one list only.</param>
/// <param name="Source">What put it there: <c>als</c>, <c>recent</c>, <c>popular</c>.</param>
/// <param name="ReasonCode">Why, as a reason code of the serving contract; null if none was worked out.</param>
/// <param name="BecauseItemId">The item of the user's history behind it; null if there is none.</param>
/// <param name="BecauseTitle">Title of that item; null if unknown.</param>
sealed record RecommendationRow(
    int Rank,
    string ItemId,
    string? Title,
    double Score,
    string Source,
    string? ReasonCode = null,
    string? BecauseItemId = null,
    string? BecauseTitle = null);

/// <summary>The items most similar to one item.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="ItemId">The item, as asked for.</param>
/// <param name="Title">Its title; null if unknown.</param>
/// <param name="ReleaseId">The release that the list comes from.</param>
/// <param name="Items">The similar items, by rank.</param>
sealed record SimilarListView(string Recommender, string ItemId, string? Title, long ReleaseId, IReadOnlyList<SimilarRow> Items);

/// <summary>One similar item.</summary>
/// <param name="Rank">Position in the list, from 1.</param>
/// <param name="ItemId">The similar item.</param>
/// <param name="Title">Its title; null if unknown.</param>
/// <param name="Score">Cosine of the factors, in [−1, 1].</param>
/// <param name="Source">Name of the scorer whose factors were compared.</param>
sealed record SimilarRow(int Rank, string ItemId, string? Title, double Score, string Source);
