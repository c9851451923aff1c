using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Reads what is served, by the same queries that the contract gives to every other reader.</summary>
/// <remarks>Every method throws <see cref="StoreException"/> if the store refuses.</remarks>
/// <param name="database">The store.</param>
public sealed class ServingReader(Database database)
{
    readonly RecommenderRegistry _registry = new(database);

    /// <summary>Reads a user's list after live exclusions, renumbered; the popular list of a segment for a user without one.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="userId">The user's id as text; an unknown user gets the popular list.</param>
    /// <param name="count">At most so many rows, from 1.</param>
    /// <param name="segment">Segment of the popular list; one that does not exist counts as <c>all</c>.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender, or the id is of another type.</exception>
    public async Task<IReadOnlyList<ServedRecommendation>> RecommendationsAsync(
        string recommender, string userId, int count, string segment, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var names = await NamesOfListsAsync(recommender, token);
        var arguments = new { userId = Id(names.Spec, names.Spec.UserKind, "user", userId), n = count, segment };
        var rows = await QueryAsync<RecommendationRow>(new Statement("serving/for_user", names.Tokens, arguments), token);
        return [.. rows.Select(Served)];
    }

    /// <summary>Says whether <see cref="RecommendationsAsync"/> gives a user a list of their own, not the popular one.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="userId">The user's id as text.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender, or the id is of another type.</exception>
    public async Task<bool> HasListAsync(string recommender, string userId, CancellationToken token)
    {
        var names = await NamesOfListsAsync(recommender, token);
        var arguments = new { userId = Id(names.Spec, names.Spec.UserKind, "user", userId) };
        return (await QueryAsync<long>(new Statement("serving/has_list", names.Tokens, arguments), token)).Single() == 1;
    }

    /// <summary>Reads a user's list of items to take again; empty for a user without one.</summary>
    /// <param name="recommender">Name of a recommender that has such a list.</param>
    /// <param name="userId">The user's id as text.</param>
    /// <param name="count">At most so many rows, from 1.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender, or the id is of another type.</exception>
    public async Task<IReadOnlyList<ServedRecommendation>> AgainAsync(string recommender, string userId, int count, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var names = await NamesOfListsAsync(recommender, token);
        var arguments = new { userId = Id(names.Spec, names.Spec.UserKind, "user", userId), n = count };
        var rows = await QueryAsync<RecommendationRow>(new Statement("serving/again_items", names.Tokens, arguments), token);
        return [.. rows.Select(Served)];
    }

    /// <summary>Reads the items most similar to one.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="itemId">The item's id as text; an unknown item has none.</param>
    /// <param name="count">At most so many rows, from 1.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender, or the id is of another type.</exception>
    public async Task<IReadOnlyList<ServedItem>> SimilarAsync(string recommender, string itemId, int count, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var names = await NamesOfListsAsync(recommender, token);
        var arguments = new { itemId = Id(names.Spec, names.Spec.ItemKind, "item", itemId), n = count };
        var rows = await QueryAsync<SimilarRow>(new Statement("serving/similar_items", names.Tokens, arguments), token);
        return [.. rows.Select(row => new ServedItem((int)row.Rank, Text(row.SimilarItemId)!, row.Score, row.Source, row.ReleaseId))];
    }

    /// <summary>Reads one popular or trending list.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="segment"><c>all</c> or a category.</param>
    /// <param name="kind"><c>popular</c> or <c>trending</c>.</param>
    /// <param name="count">At most so many rows, from 1.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender.</exception>
    public async Task<IReadOnlyList<ServedItem>> PopularAsync(
        string recommender, string segment, string kind, int count, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var names = await _registry.NamesAsync(recommender, token);
        var rows = await QueryAsync<PopularRow>(
            new Statement("serving/popular_items", names.Tokens, new { segment, kind, n = count }), token);
        return [.. rows.Select(row => new ServedItem((int)row.Rank, Text(row.ItemId)!, row.Score, kind, row.ReleaseId))];
    }

    /// <summary>Returns the query of <see cref="RecommendationsAsync"/> as readers of this store run it.</summary>
    /// <exception cref="ConfigurationException">There is no such recommender.</exception>
    public async Task<string> RecommendationsQueryAsync(string recommender, CancellationToken token)
    {
        var names = await NamesOfListsAsync(recommender, token);
        return new Statement("serving/for_user", names.Tokens).Text(database.Dialect);
    }

    async Task<RecommenderNames> NamesOfListsAsync(string recommender, CancellationToken token)
    {
        var names = await _registry.NamesAsync(recommender, token);
        return names.Spec.HasLists ? names : throw new ConfigurationException(
            $"Recommender '{recommender}' is made by a job of kind trending: it has popular and trending lists only, no lists of users and "
            + $"no similar items. Read its view {names.ViewOf(ReleaseTable.Popular)}.");
    }

    async Task<List<T>> QueryAsync<T>(Statement statement, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<T>(statement, token);
    }

    object Id(RecommenderSpec spec, IdKind kind, string what, string text) => database.ToParameter(kind, text)
        // Ids of users stay out of messages: these go to logs and ledgers.
        ?? throw new ConfigurationException(
            $"{(what == "user" ? "This" : $"'{text}'")} is no {what} id of recommender '{spec.Name}': they are of type {kind}.");

    static ServedRecommendation Served(RecommendationRow row) => new(
        (int)row.Rank, Text(row.ItemId)!, row.Score, row.Source, row.ReasonCode, Text(row.BecauseItemId), row.ReleaseId);

    static string? Text(object? id) => id switch
    {
        null => null,
        string text => text,
        Guid uuid => uuid.ToString("D", CultureInfo.InvariantCulture),
        _ => Convert.ToString(id, CultureInfo.InvariantCulture),
    };

    sealed record RecommendationRow
    {
        public long Rank { get; init; }

        public object ItemId { get; init; } = "";

        public double Score { get; init; }

        public string Source { get; init; } = "";

        public string? ReasonCode { get; init; }

        public object? BecauseItemId { get; init; }

        public long ReleaseId { get; init; }
    }

    sealed record SimilarRow
    {
        public long Rank { get; init; }

        public object SimilarItemId { get; init; } = "";

        public double Score { get; init; }

        public string Source { get; init; } = "";

        public long ReleaseId { get; init; }
    }

    sealed record PopularRow
    {
        public long Rank { get; init; }

        public object ItemId { get; init; } = "";

        public double Score { get; init; }

        public long ReleaseId { get; init; }
    }
}

/// <summary>A recommendation as readers see it.</summary>
/// <param name="Rank">Rank after live exclusions, from 1.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Its score.</param>
/// <param name="Source">What proposed it.</param>
/// <param name="ReasonCode">Why; null where no reason was worked out.</param>
/// <param name="BecauseItemId">The item of the user's history behind it; null if the reason is another.</param>
/// <param name="ReleaseId">The release it comes from.</param>
public sealed record ServedRecommendation(
    int Rank, string ItemId, double Score, string Source, string? ReasonCode, string? BecauseItemId, long ReleaseId);

/// <summary>An item of a similar, popular or trending list as readers see it.</summary>
/// <param name="Rank">Rank, from 1.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Its score.</param>
/// <param name="Source">The scorer whose factors were compared; <c>popular</c> or <c>trending</c>.</param>
/// <param name="ReleaseId">The release it comes from.</param>
public sealed record ServedItem(int Rank, string ItemId, double Score, string Source, long ReleaseId);
