using System.Security.Cryptography;
using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Privacy;

/// <summary>Makes one recommender forget users: releases, artifacts, rejected rows. Safe beside a run, and safe to repeat.</summary>
/// <remarks>
/// First the hashes are written, so that no extract takes the users in any more; then everything is removed; then the hashes are marked
/// as done and receipts written. What was interrupted is repeated in full. A run that read the users before asks again before it publishes.
/// </remarks>
/// <param name="database">The serving store; its migrations are applied.</param>
/// <param name="artifacts">The artifacts of this machine.</param>
/// <param name="recommender">Name of the recommender.</param>
public sealed class Erasures(Database database, ArtifactStore artifacts, string recommender)
{
    const int ReceiptBytes = 12;

    readonly Tokens _tokens = database.FixedTokens();
    readonly ForgottenUsers _forgotten = new(database, recommender);

    /// <summary>Forgets users.</summary>
    /// <param name="userIds">Their ids in the one spelling; those that nothing is known of get a receipt with zeros.</param>
    /// <param name="by">Who asks: a login and a machine, or a job file.</param>
    /// <param name="at">Now.</param>
    /// <param name="holdsLock">True = the caller holds the lock of the recommender and has begun to write nothing yet.</param>
    /// <param name="token">Cancels; what is left is done by repeating.</param>
    /// <returns>A receipt per user, in their order.</returns>
    /// <exception cref="StoreException">The store refused; the users stay out of later extracts all the same.</exception>
    /// <exception cref="ResourceException">The store is clean, but artifacts could not be removed.</exception>
    public async Task<IReadOnlyList<Erasure>> ForgetAsync(
        IReadOnlyList<string> userIds, string by, DateTimeOffset at, bool holdsLock, CancellationToken token)
    {
        await _forgotten.AddAsync(userIds, token);
        async Task<bool> RunUnderWay() => !holdsLock && await IsRunUnderWayAsync(token);

        var erased = userIds.Select(_ => new List<ErasedRelease>()).ToArray();
        HashSet<string> touched = [];
        if (await new RecommenderRegistry(database).FindAsync(recommender, token) is { } spec)
        {
            var eraser = new ReleaseEraser(database, new RecommenderNames(database, spec));
            erased = await eraser.EraseAsync(userIds, RunUnderWay, token);
            touched = eraser.Touched;
        }
        await using var session = await database.StartAsync(readOnly: false, token);
        long[] quarantined = await QuarantineAsync(session, userIds, token);
        if (quarantined.Sum() > 0)
            touched.Add(database.Internal("quarantine"));
        bool compacted = await CompactAsync(session, touched, token);
        int removed = await ClearAsync(RunUnderWay);

        Erasure[] receipts = [.. userIds.Select((_, n) => new Erasure(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ReceiptBytes)),
            recommender,
            at,
            by,
            new ErasedCounts(erased[n], quarantined[n], removed, compacted)))];
        await session.BeginAsync(token);
        await _forgotten.FinishAsync(session, userIds, token);
        foreach (var receipt in receipts)
            await SaveAsync(session, receipt, token);
        await session.CommitAsync(token);
        StoreLog.Forgotten(database.Logger, recommender, receipts.Length);
        return receipts;
    }

    /// <summary>Removes users from a release that was built from an extract which still had them.</summary>
    /// <returns>The number of rows removed.</returns>
    public async Task<long> RemoveAsync(long releaseId, IReadOnlyList<string> userIds, CancellationToken token)
    {
        var names = await new RecommenderRegistry(database).NamesAsync(recommender, token);
        var eraser = new ReleaseEraser(database, names);
        long[] rows = await eraser.EraseAsync(releaseId, userIds, token);
        await using var session = await database.StartAsync(readOnly: false, token);
        await CompactAsync(session, eraser.Touched, token);
        return rows.Sum();
    }

    /// <summary>Removes rejected rows of users who are forgotten already: a source that still has them is read by every run.</summary>
    /// <param name="forgotten">The set.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task SweepAsync(ForgottenSet forgotten, CancellationToken token)
    {
        if (forgotten.Count == 0)
            return;
        await using var session = await database.StartAsync(readOnly: false, token);
        var users = await session.QueryAsync<string>(new Statement("privacy/list_quarantined_users", _tokens, new { recommender }), token);
        long rows = (await QuarantineAsync(session, [.. users.Where(forgotten.Contains)], token)).Sum();
        if (rows > 0)
            await CompactAsync(session, [database.Internal("quarantine")], token);
    }

    /// <summary>Makes the store give up the bytes of dropped releases; where these had tables of their own, none are left.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public async Task CompactAsync(CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await CompactAsync(session, [], token);
    }

    /// <summary>Removes every artifact. A run that begins after the unfinished ones were listed has none among them.</summary>
    async Task<int> ClearAsync(Func<Task<bool>> runUnderWay)
    {
        try
        {
            var unfinished = artifacts.Unfinished(recommender);
            bool mayBeWritten = unfinished.Count > 0 && await runUnderWay();
            return artifacts.Clear(recommender, mayBeWritten ? [] : unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(
                $"Store '{database.Settings.Name}' holds nothing of the user for {recommender} any more, and no later run takes the user "
                + $"in; but artifacts of {recommender} cannot be removed: {error.Message.TrimEnd('.')}. Expected: the right to remove "
                + "folders in the work folder. Mend that and repeat the command: it does the rest and gives the receipt.",
                error);
        }
    }

    async Task<bool> IsRunUnderWayAsync(CancellationToken token) =>
        await new RecommenderLocks(database).FindAsync(recommender, token) is { IsHeld: true };

    async Task<long[]> QuarantineAsync(Session session, IReadOnlyList<string> userIds, CancellationToken token)
    {
        long[] rows = new long[userIds.Count];
        for (int n = 0; n < rows.Length; n++)
            rows[n] = await session.ExecuteAsync(
                new Statement("privacy/delete_quarantined", _tokens, new { recommender, userId = userIds[n] }), token);
        return rows;
    }

    /// <summary>Makes the store give up the bytes of removed rows, as far as it lets us.</summary>
    async Task<bool> CompactAsync(Session session, HashSet<string> touched, CancellationToken token)
    {
        // A file has its free pages as a whole, also those that earlier releases left: it is written anew whatever was removed now.
        if (database.Dialect == "sqlite")
            return await CompactAsync(session, _tokens, token);
        bool all = true;
        foreach (string table in touched)
            all &= await CompactAsync(session, _tokens.With("table", table), token);
        return all;
    }

    async Task<bool> CompactAsync(Session session, Tokens tokens, CancellationToken token)
    {
        try
        {
            return await session.FindAsync<long>(new Statement("privacy/compact", tokens), token) == 0;
        }
        catch (StoreException error)
        {
            StoreLog.NotCompacted(database.Logger, recommender, error.Message);
            return false;
        }
    }

    async Task SaveAsync(Session session, Erasure erasure, CancellationToken token) => await session.ExecuteAsync(
        new Statement("privacy/save_erasure", _tokens, new
        {
            receipt = erasure.Receipt,
            recommender = erasure.Recommender,
            at = erasure.At,
            by = erasure.RequestedBy,
            counts = JsonSerializer.Serialize(erasure.Counts, ReleaseCounts.Json),
        }),
        token);
}
