using System.Globalization;
using System.Text.Json.Serialization;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Privacy;

/// <summary>Reads what a serving store holds about one user of one recommender, and nothing of anybody else.</summary>
/// <param name="database">The serving store; its migrations are applied.</param>
/// <param name="recommender">Name of the recommender.</param>
public sealed class PersonalRows(Database database, string recommender)
{
    /// <summary>Reads the lists of a user in every release, newest release first; releases without the user are left out.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task<IReadOnlyList<PersonalList>> ListsAsync(string userId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        if (await new RecommenderRegistry(database).FindAsync(recommender, token) is not { } spec
            || database.ToParameter(spec.UserKind, userId) is not { } id)
            return [];
        var names = new RecommenderNames(database, spec);
        var lists = new List<PersonalList>();
        var releases = await session.QueryAsync<Release>(new Statement("releases/list", names.Tokens, new { recommender }), token);
        foreach (var release in releases.Where(release => release.State == ReleaseStates.Built))
            foreach (var list in names.Tables.Intersect([ReleaseTable.Main, ReleaseTable.Again, ReleaseTable.Exploration]))
            {
                string table = database.ReleaseTables.LoadTarget(names, list, release.ReleaseId);
                var tokens = names.Tokens.With("table", table);
                // A release that was made before the job explored has no such table.
                if (list == ReleaseTable.Exploration
                    && await session.FindAsync<int>(new Statement("privacy/has_table", tokens, new { table }), token) == 0)
                    continue;
                string read = list == ReleaseTable.Exploration ? "privacy/list_explored" : "privacy/list_rows";
                var rows = await session.QueryAsync<Row>(
                    new Statement(read, tokens, new { releaseId = release.ReleaseId, userId = id }), token);
                if (rows.Count > 0)
                    lists.Add(new PersonalList(
                        release.ReleaseId, release.PublishedAt, release.IsCurrent, list.View, [.. rows.Select(row => row.ToItem())]));
            }
        return lists;
    }

    /// <summary>Reads the rows of a user that runs could not use, oldest first.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task<IReadOnlyList<RejectedRow>> RejectedAsync(string userId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<RejectedRow>(
            new Statement("privacy/list_quarantined", database.FixedTokens(), new { recommender, userId }), token);
    }

    sealed record Row
    {
        public long Rank { get; init; }

        public object ItemId { get; init; } = "";

        public double Score { get; init; }

        public string Source { get; init; } = "";

        public string? ReasonCode { get; init; }

        public object? BecauseItemId { get; init; }

        public double? Propensity { get; init; }

        public PersonalItem ToItem() => new((int)Rank, Text(ItemId)!, Score, Source, ReasonCode, Text(BecauseItemId), Propensity);

        static string? Text(object? id) => id is Guid uuid
            ? uuid.ToString("D", CultureInfo.InvariantCulture)
            : Convert.ToString(id, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
    }
}

/// <summary>A user's list in one release.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="PublishedAt">When it became current, the last time; null if it never did.</param>
/// <param name="IsCurrent">True = readers see it now.</param>
/// <param name="List">The end of the name of its view: <c>recommendations</c>, <c>again</c> or <c>exploration</c>.</param>
/// <param name="Items">Its rows.</param>
public sealed record PersonalList(
    long ReleaseId, DateTimeOffset? PublishedAt, bool IsCurrent, string List, IReadOnlyList<PersonalItem> Items);

/// <summary>A row of a user's list.</summary>
/// <param name="Rank">Position, from 1.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Its score; comparable inside one list only.</param>
/// <param name="Source">What proposed it.</param>
/// <param name="ReasonCode">Why; null where no reason was worked out.</param>
/// <param name="BecauseItemId">The item of the user's history behind it; null if there is none.</param>
/// <param name="Propensity">The probability with which it was drawn; null in lists of what was not drawn.</param>
public sealed record PersonalItem(
    int Rank,
    string ItemId,
    double Score,
    string Source,
    string? ReasonCode,
    string? BecauseItemId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Propensity = null);

/// <summary>A row that a run could not use.</summary>
public sealed record RejectedRow
{
    /// <summary>Gets the run that read it.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets what its source is called.</summary>
    public required string Source { get; init; }

    /// <summary>Gets why it could not be used.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the column that is to blame.</summary>
    public required string ColumnName { get; init; }

    /// <summary>Gets its item id as text, or null.</summary>
    public string? ItemId { get; init; }

    /// <summary>Gets its time as text, or null.</summary>
    public string? TimeText { get; init; }

    /// <summary>Gets its value as text, or null.</summary>
    public string? ValueText { get; init; }

    /// <summary>Gets when it was read.</summary>
    public required DateTimeOffset RejectedAt { get; init; }
}
