using BatchRecs.Core.Errors;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Moves the pointer to the current release, and removes releases that it does not point to.</summary>
/// <remarks>
/// The pointer is one row per recommender, and every view reads it inside its own statement. So a statement sees one release,
/// a reader in a long transaction blocks nobody and is not blocked, and whatever fails before the commit changes nothing.
/// </remarks>
sealed class ReleasePublisher(Database database, RunFence? fence)
{
    /// <summary>Makes a built release current for a run; tries again when a lock is in the way or the connection broke.</summary>
    public Task<Publication> PublishAsync(long releaseId, DateTimeOffset at, CancellationToken token) =>
        RetryAsync($"publishing release {releaseId}", () => TryMoveAsync(releaseId, null, at, token), token);

    /// <summary>Makes a built release current for a person; going back withdraws the release that was current.</summary>
    public Task<Publication> MoveAsync(long releaseId, Withdrawal by, DateTimeOffset at, CancellationToken token) =>
        RetryAsync($"going to release {releaseId}", () => TryMoveAsync(releaseId, by, at, token), token);

    Task<Publication> RetryAsync(string what, Func<Task<Publication>> move, CancellationToken token)
    {
        bool mayBeDone = false;
        return database.Retry.RunAsync(what, async () =>
        {
            try
            {
                var publication = await LockHolders.RunAsync(database, move, token);
                // A release that is current since a commit that was never acknowledged was published here, too.
                return publication == Publication.AlreadyCurrent && mayBeDone ? Publication.Done : publication;
            }
            catch (StoreException error) when (error.Statement == Session.Commit)
            {
                mayBeDone = true;
                throw;
            }
        }, token);
    }

    /// <summary>Removes a release with its rows, unless it is current.</summary>
    /// <returns>False if it is current or still being read.</returns>
    public async Task<bool> RemoveAsync(RecommenderNames names, long releaseId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        if (!await MarkAsync(session, names, releaseId, token))
            return false;
        try
        {
            await LockHolders.RunAsync(database, () => RemoveTablesAsync(session, names, releaseId, token), token);
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

    async Task<Publication> TryMoveAsync(long releaseId, Withdrawal? by, DateTimeOffset at, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        if (fence is not null)
            await fence.CheckAsync(session, token);
        var names = await NamesAsync(session, releaseId, token);
        var pointer = await session.FindAsync<PointerRow>(new Statement("releases/lock_pointer", names.Tokens), token);
        // Read under the lock: the release may have been dropped while we waited for it.
        var release = await session.FindAsync<Release>(new Statement("releases/get", names.Tokens, new { releaseId }), token);
        if (release?.State != ReleaseStates.Built)
            throw new ConfigurationException(
                $"Release {releaseId} of {names.Spec.Name} is {release?.State ?? "gone"}. Expected: {ReleaseStates.Built}. " +
                "batchrecs releases list shows what there is.");
        if (pointer?.ReleaseId == releaseId)
            return Publication.AlreadyCurrent;
        if (by is null && await session.FindAsync<long?>(Withdrawn(names, release), token) is not null)
            return Publication.Withheld;

        await session.ExecuteAsync(new Statement("releases/move_pointer", names.Tokens, new { releaseId, at }), token);
        if (pointer?.ReleaseId is { } previous && releaseId < previous)
            await session.ExecuteAsync(NoteOn(names, previous, by, at), token);
        await session.CommitAsync(token);
        StoreLog.Published(database.Logger, release.Recommender, releaseId, pointer?.ReleaseId);
        return Publication.Done;
    }

    async Task<RecommenderNames> NamesAsync(Session session, long releaseId, CancellationToken token)
    {
        var tokens = database.FixedTokens();
        var found = await session.FindAsync<Release>(new Statement("releases/get", tokens, new { releaseId }), token)
            ?? throw new ConfigurationException(
                $"There is no release {releaseId} in store '{database.Settings.Name}'. batchrecs releases list shows what there is.");
        var row = await session.FindAsync<RecommenderRow>(
            new Statement("serving/find_recommender", tokens, new { name = found.Recommender }), token);
        return new RecommenderNames(database, row!.ToSpec());
    }

    /// <summary>A release that was computed anew has another id, but the key says that it is the same.</summary>
    static Statement Withdrawn(RecommenderNames names, Release release) =>
        new("releases/find_withdrawn", names.Tokens, new { recommender = release.Recommender, key = release.Key });

    /// <summary>The trigger takes every step back for a person's; this says whose it was, or that it was a run's.</summary>
    static Statement NoteOn(RecommenderNames names, long previous, Withdrawal? by, DateTimeOffset at) => new(
        "releases/note_withdrawal",
        names.Tokens,
        new
        {
            releaseId = previous,
            withdrawnAt = by is null ? null : (DateTimeOffset?)at,
            withdrawnBy = by?.By,
            reason = by?.Reason,
        });

    /// <summary>Lets nobody publish a release any more; whoever is about to do so comes first, or sees it.</summary>
    /// <returns>False if it is current, or gone.</returns>
    public async Task<bool> MarkAsync(Session session, RecommenderNames names, long releaseId, CancellationToken token)
    {
        await session.BeginAsync(token);
        if (fence is not null)
            await fence.CheckAsync(session, token);
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
