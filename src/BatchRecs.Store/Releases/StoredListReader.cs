using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Reads main lists of a release as they are stored, for some users at a time: live exclusions do not touch them.</summary>
/// <param name="database">The store.</param>
public sealed class StoredListReader(Database database)
{
    /// <summary>The number of users that one statement reads lists of: some ten thousand rows, whatever the number of users.</summary>
    const int BlockUsers = 1_000;

    readonly RecommenderRegistry _registry = new(database);

    /// <summary>Reads the first ranks of users' lists, in the order of the users; a user without a list has no rows.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="releaseId">One of its releases.</param>
    /// <param name="userIds">Ids in the one spelling, each once.</param>
    /// <param name="depth">How many ranks are read, from 1.</param>
    /// <param name="read">Takes the place of the user in <paramref name="userIds"/>, and the row.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender.</exception>
    /// <exception cref="StoreException">The store refused, or the release is gone.</exception>
    public async Task ReadAsync(
        string recommender, long releaseId, IEnumerable<string> userIds, int depth, Action<int, StoredRow> read, CancellationToken token)
    {
        var names = await _registry.NamesAsync(recommender, token);
        var tokens = names.Tokens.With("table", database.ReleaseTables.LoadTarget(names, ReleaseTable.Main, releaseId));
        int before = 0;
        foreach (string[] block in userIds.Chunk(BlockUsers))
        {
            var statement = new Statement(
                "releases/lists_of_users", tokens, new { users = JsonSerializer.Serialize(block), releaseId, depth });
            var rows = await database.Retry.RunAsync("reading lists of a release", () => QueryAsync(statement, token), token);
            foreach (var row in rows)
                read(before + (int)row.Position, row);
            before += block.Length;
        }
    }

    async Task<List<StoredRow>> QueryAsync(Statement statement, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<StoredRow>(statement, token);
    }
}

/// <summary>One row of a stored list.</summary>
public sealed record StoredRow
{
    /// <summary>Gets its rank, from 1.</summary>
    public required long Rank { get; init; }

    /// <summary>Gets its item as text.</summary>
    public required string ItemId { get; init; }

    /// <summary>Gets its score.</summary>
    public required double Score { get; init; }

    /// <summary>Gets what put it there.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the place of its user inside the block.</summary>
    internal long Position { get; init; }
}
