using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Moves the pointer to the current release, and removes releases that it does not point to.</summary>
/// <remarks>
/// The pointer is one row per recommender, and every view reads it inside its own statement. So a statement sees one release,
/// a reader in a long transaction blocks nobody and is not blocked, and whatever fails before the commit changes nothing.
/// </remarks>
sealed class ReleasePublisher(Database database)
{
    /// <summary>Makes a built release current; tries again when a lock is in the way.</summary>
    public Task<bool> PublishAsync(long releaseId, DateTimeOffset at, CancellationToken token) => LockRetry.RunAsync(
        database, $"publishing release {releaseId}", () => TryPublishAsync(releaseId, at, token), token);

    /// <summary>Removes a release with its rows, unless it is current.</summary>
    /// <returns>False if it is current or still being read.</returns>
    public async Task<bool> RemoveAsync(RecommenderNames names, long releaseId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        if (!await MarkAsync(session, names, releaseId, token))
            return false;
        try
        {
            await LockWatch.RunAsync(database, () => RemoveTablesAsync(session, names, releaseId, token), token);
        }
        catch (StoreException exception) when (exception.IsTransient)
        {
            StoreLog.RemovalPutOff(database.Logger, names.Spec.Name, releaseId, exception.Message);
            return false;
        }
        await session.ExecuteAsync(new Statement("releases/delete", names.Tokens, new { releaseId }), token);
        StoreLog.Removed(database.Logger, names.Spec.Name, releaseId);
        return true;
    }

    async Task<bool> RemoveTablesAsync(Session session, RecommenderNames names, long releaseId, CancellationToken token)
    {
        foreach (var table in names.Tables)
            await database.ReleaseTables.RemoveAsync(session, names, table, releaseId, token);
        return true;
    }

    async Task<bool> TryPublishAsync(long releaseId, DateTimeOffset at, CancellationToken token)
    {
        var tokens = database.FixedTokens();
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        var found = await session.FindAsync<Release>(new Statement("releases/get", tokens, new { releaseId }), token)
            ?? throw new ConfigurationException(
                $"There is no release {releaseId} in store '{database.Settings.Name}'. batchrecs releases list shows what there is.");
        var row = await session.FindAsync<RecommenderRow>(
            new Statement("serving/find_recommender", tokens, new { name = found.Recommender }), token);
        var names = new RecommenderNames(database, row!.ToSpec());

        var pointer = await session.FindAsync<PointerRow>(new Statement("releases/lock_pointer", names.Tokens), token);
        // Read again under the lock: the release may have been dropped while we waited for it.
        var release = await session.FindAsync<Release>(new Statement("releases/get", tokens, new { releaseId }), token);
        if (release?.State != ReleaseStates.Built)
            throw new ConfigurationException(
                $"Release {releaseId} of {found.Recommender} is {release?.State ?? "gone"}. Expected: {ReleaseStates.Built}. " +
                "batchrecs releases list shows what there is.");
        if (pointer?.ReleaseId == releaseId)
            return false;

        if (pointer?.ReleaseId is { } previous)
            await session.ExecuteAsync(new Statement("releases/retire", tokens, new { releaseId = previous, at }), token);
        await session.ExecuteAsync(new Statement("releases/publish", tokens, new { releaseId, at }), token);
        await session.ExecuteAsync(new Statement("releases/move_pointer", names.Tokens, new { releaseId, at }), token);
        await session.CommitAsync(token);
        StoreLog.Published(database.Logger, release.Recommender, releaseId, pointer?.ReleaseId);
        return true;
    }

    static async Task<bool> MarkAsync(Session session, RecommenderNames names, long releaseId, CancellationToken token)
    {
        await session.BeginAsync(token);
        await session.FindAsync<PointerRow>(new Statement("releases/lock_pointer", names.Tokens), token);
        long? marked = await session.FindAsync<long?>(new Statement("releases/mark_dropping", names.Tokens, new { releaseId }), token);
        await session.CommitAsync(token);
        return marked is not null;
    }

    /// <summary>The pointer to the current release.</summary>
    sealed record PointerRow
    {
        public long? ReleaseId { get; init; }
    }
}
