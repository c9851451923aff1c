using System.Runtime.CompilerServices;
using System.Text.Json;
using BatchRecs.Core.Data;
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
            foreach (var row in await QueryAsync<StoredRow>(statement, token))
                read(before + (int)row.Position, row);
            before += block.Length;
        }
    }

    /// <summary>Reads the items of a release, how many users each has, and how many lists show it in the counted ranks.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="releaseId">One of its releases.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender.</exception>
    /// <exception cref="StoreException">The store refused, or the release is gone.</exception>
    public async Task<IReadOnlyList<StoredExposure>> ExposuresAsync(string recommender, long releaseId, CancellationToken token)
    {
        var names = await _registry.NamesAsync(recommender, token);
        var tokens = names.Tokens.With("table", database.ReleaseTables.LoadTarget(names, ReleaseTable.Items, releaseId));
        return await QueryAsync<StoredExposure>(new Statement("releases/exposures", tokens, new { releaseId }), token);
    }

    /// <summary>Lists the users who have a list in either of two releases, block by block, in the order of the store.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="releaseId">One of its releases.</param>
    /// <param name="otherId">Another one.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender.</exception>
    /// <exception cref="StoreException">The store refused, or a release is gone.</exception>
    public async IAsyncEnumerable<IReadOnlyList<string>> UsersAsync(
        string recommender, long releaseId, long otherId, [EnumeratorCancellation] CancellationToken token)
    {
        var names = await _registry.NamesAsync(recommender, token);
        var tokens = names.Tokens
            .With("table", database.ReleaseTables.LoadTarget(names, ReleaseTable.Main, releaseId))
            .With("otherTable", database.ReleaseTables.LoadTarget(names, ReleaseTable.Main, otherId));
        string from = Least(names.Spec.UserKind);
        for (string? last = null; ;)
        {
            // Each page begins with the last of the page before: no value comes before the first id of every kind.
            var page = await QueryAsync<string>(
                new Statement("releases/page_of_users", tokens, new { releaseId, otherId, from, count = BlockUsers + 1 }), token);
            if (page.Count > 0 && page[0] == last)
                page.RemoveAt(0);
            if (page.Count == 0)
                yield break;
            yield return page;
            from = last = page[^1];
        }
    }

    /// <summary>Returns the id that no other of its kind sorts before.</summary>
    static string Least(IdKind kind) => kind switch
    {
        IdKind.Int16 => $"{short.MinValue}",
        IdKind.Int32 => $"{int.MinValue}",
        IdKind.Int64 => $"{long.MinValue}",
        IdKind.Uuid => $"{Guid.Empty}",
        _ => "",
    };

    Task<List<T>> QueryAsync<T>(Statement statement, CancellationToken token) => database.Retry.RunAsync(
        statement.Name,
        async () =>
        {
            await using var session = await database.StartAsync(readOnly: true, token);
            return await session.QueryAsync<T>(statement, token);
        },
        token);
}

/// <summary>How often the lists of a release show an item.</summary>
public sealed record StoredExposure
{
    /// <summary>Gets the item as text.</summary>
    public required string ItemId { get; init; }

    /// <summary>Gets its number of distinct users.</summary>
    public required int Users { get; init; }

    /// <summary>Gets how many lists show it in the first <c>guard.depth</c> ranks.</summary>
    public required long Exposure { get; init; }
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
