using System.Security.Cryptography;
using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Artifacts;
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
    /// <param name="runUnderWay">True = a run of the recommender may be writing artifacts.</param>
    /// <param name="token">Cancels; what is left is done by repeating.</param>
    /// <returns>A receipt per user, in their order.</returns>
    /// <exception cref="StoreException">The store refused; the users stay out of later extracts all the same.</exception>
    public async Task<IReadOnlyList<Erasure>> ForgetAsync(
        IReadOnlyList<string> userIds, string by, DateTimeOffset at, bool runUnderWay, CancellationToken token)
    {
        await _forgotten.AddAsync(userIds, token);
        int removed = artifacts.Clear(recommender, unfinishedToo: !runUnderWay);

        var registry = new RecommenderRegistry(database);
        var erased = userIds.Select(_ => new List<ErasedRelease>()).ToArray();
        await using var session = await database.StartAsync(readOnly: false, token);
        long[] quarantined = await QuarantineAsync(session, userIds, token);
        HashSet<string> touched = [];
        if (await registry.FindAsync(recommender, token) is { } spec)
        {
            var eraser = new ReleaseEraser(database, new RecommenderNames(database, spec));
            erased = await eraser.EraseAsync(session, userIds, token);
            touched = eraser.Touched;
        }
        if (quarantined.Sum() > 0)
            touched.Add(database.Internal("quarantine"));
        bool compacted = await CompactAsync(session, touched, token);

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
        await using var session = await database.StartAsync(readOnly: false, token);
        var release = await session.FindAsync<Release>(new Statement("releases/get", names.Tokens, new { releaseId }), token);
        if (release is null)
            return 0;
        var eraser = new ReleaseEraser(database, names);
        long[] rows = await eraser.EraseAsync(session, release, userIds, token);
        await CompactAsync(session, eraser.Touched, token);
        return rows.Sum();
    }

    /// <summary>Removes rejected rows of users who are forgotten already: a source that still has them is read by every run.</summary>
    /// <param name="forgotten">The set.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The number of rows removed.</returns>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task<long> SweepAsync(ForgottenSet forgotten, CancellationToken token)
    {
        if (forgotten.Count == 0)
            return 0;
        await using var session = await database.StartAsync(readOnly: false, token);
        var users = await session.QueryAsync<string>(new Statement("privacy/list_quarantined_users", _tokens, new { recommender }), token);
        long rows = (await QuarantineAsync(session, [.. users.Where(forgotten.Contains)], token)).Sum();
        if (rows > 0)
            await CompactAsync(session, [database.Internal("quarantine")], token);
        return rows;
    }

    async Task<long[]> QuarantineAsync(Session session, IReadOnlyList<string> userIds, CancellationToken token)
    {
        long[] rows = new long[userIds.Count];
        for (int n = 0; n < rows.Length; n++)
            rows[n] = await session.ExecuteAsync(
                new Statement("privacy/delete_quarantined", _tokens, new { recommender, userId = userIds[n] }), token);
        return rows;
    }

    /// <summary>Makes the store give up the bytes of removed rows, as far as it lets us.</summary>
    async Task<bool> CompactAsync(Session session, HashSet<string> tables, CancellationToken token)
    {
        try
        {
            // A file has its free pages as a whole, also those that earlier releases left: it is written anew whatever was removed now.
            if (database.Dialect == "sqlite")
                return await session.FindAsync<long>(new Statement("privacy/compact", _tokens), token) == 0;
            foreach (string table in tables)
                await session.ExecuteAsync(new Statement("privacy/compact", _tokens.With("table", table)), token);
            return true;
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
