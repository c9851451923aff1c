using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Privacy;

/// <summary>Removes users from the releases of one recommender, readers of all other users undisturbed.</summary>
sealed class ReleaseEraser(Database database, RecommenderNames names)
{
    /// <summary>What PostgreSQL and SQLite say of a table that is not there (any more).</summary>
    static readonly string[] NoTable = ["42P01", "1"];

    static readonly ReleaseTable[] Lists = [ReleaseTable.Main, ReleaseTable.Again, ReleaseTable.Exploration];

    /// <summary>Gets the tables that have lost rows, quoted.</summary>
    public HashSet<string> Touched { get; } = [];

    /// <summary>Removes users from every release that is not being built now, published or not.</summary>
    /// <remarks>
    /// A release that is being built is left to the run that builds it: the users were noted before, and the run looks at the notes when
    /// the release is complete, so its counts stay its own until then.
    /// </remarks>
    /// <param name="userIds">Ids in the one spelling.</param>
    /// <param name="runUnderWay">Tells whether a run may be building; asked after the releases were listed, and only if one is.</param>
    /// <param name="token">Cancels; may be repeated.</param>
    /// <returns>Per user what was done to each release.</returns>
    /// <exception cref="StoreException">
    /// A release could not be cleaned that is current, or that a lock or a broken connection kept from being cleaned; all others are.
    /// </exception>
    public async Task<List<ErasedRelease>[]> EraseAsync(
        IReadOnlyList<string> userIds, Func<Task<bool>> runUnderWay, CancellationToken token)
    {
        var erased = userIds.Select(_ => new List<ErasedRelease>()).ToArray();
        var releases = await ListAsync(token);
        bool skipsUnfinished = releases.Exists(release => release.State == ReleaseStates.Building) && await runUnderWay();
        StoreException? failure = null;
        foreach (var release in releases.Where(release => !skipsUnfinished || release.State != ReleaseStates.Building))
        {
            try
            {
                long[]? rows = await CleanAsync(release, userIds, token);
                for (int n = 0; n < erased.Length; n++)
                    if (rows is null || rows[n] > 0)
                        erased[n].Add(new ErasedRelease(release.ReleaseId, rows?[n] ?? 0, rows is null));
            }
            catch (StoreException error)
            {
                failure ??= error;
            }
        }
        return failure is null ? erased : throw failure;
    }

    /// <summary>Removes users from one release, in one transaction; what may pass is waited for.</summary>
    /// <returns>The number of rows per user.</returns>
    public Task<long[]> EraseAsync(long releaseId, IReadOnlyList<string> userIds, CancellationToken token) => database.Retry.RunAsync(
        $"removing users from release {releaseId}",
        async () =>
        {
            await using var session = await database.StartAsync(readOnly: false, token);
            await session.BeginAsync(token);
            long[] rows = await EraseAsync(session, releaseId, userIds, token);
            await session.CommitAsync(token);
            return rows;
        },
        token);

    async Task<long[]> EraseAsync(Session session, long releaseId, IReadOnlyList<string> userIds, CancellationToken token)
    {
        long[] rows = new long[userIds.Count];
        // Others remove users from the same release: each subtracts from what the one before has left.
        var locked = await session.FindAsync<LockedRelease>(new Statement("privacy/lock_release", names.Tokens, new { releaseId }), token);
        var counts = Parse(locked?.Counts);
        foreach (var list in Lists.Intersect(names.Tables))
        {
            string table = database.ReleaseTables.LoadTarget(names, list, releaseId);
            var tokens = names.Tokens.With("table", table);
            // A release that was made before the job explored has no such table.
            if (list == ReleaseTable.Exploration
                && await session.FindAsync<int>(new Statement("privacy/has_table", tokens, new { table }), token) == 0)
                continue;
            string delete = list == ReleaseTable.Exploration ? "privacy/delete_explored" : "privacy/delete_rows";
            for (int n = 0; n < rows.Length; n++)
            {
                if (database.ToParameter(names.Spec.UserKind, userIds[n]) is not { } userId)
                    continue;
                var places = await session.QueryAsync<long>(new Statement(delete, tokens, new { releaseId, userId }), token);
                long removed = places.Sum();
                if (removed == 0)
                    continue;
                rows[n] += removed;
                Touched.Add(table);
                counts = Less(counts, list, removed);
            }
        }
        if (counts is not null && rows.Sum() > 0)
            await session.ExecuteAsync(
                new Statement("privacy/set_counts", names.Tokens, new
                {
                    releaseId,
                    counts = JsonSerializer.Serialize(counts, ReleaseCounts.Json),
                }),
                token);
        return rows;
    }

    Task<List<Release>> ListAsync(CancellationToken token) => database.Retry.RunAsync(
        "listing releases",
        async () =>
        {
            await using var session = await database.StartAsync(readOnly: true, token);
            return await session.QueryAsync<Release>(
                new Statement("releases/list", names.Tokens, new { recommender = names.Spec.Name }), token);
        },
        token);

    /// <summary>
    /// Cleans a release; one that is not current and can never be cleaned is given up, so that nobody can go back to it. What is only in
    /// the way for a while is no reason for that.
    /// </summary>
    /// <returns>Rows per user; null if it was given up.</returns>
    async Task<long[]?> CleanAsync(Release release, IReadOnlyList<string> userIds, CancellationToken token)
    {
        try
        {
            return await EraseAsync(release.ReleaseId, userIds, token);
        }
        catch (StoreException gone) when (NoTable.Contains(gone.SqlState) && release.State != ReleaseStates.Built)
        {
            // It is being removed.
            return new long[userIds.Count];
        }
        catch (StoreException) when (release.State == ReleaseStates.Dropping)
        {
            // Whatever is in the way: nobody can go back to it, and the next run removes it.
            return null;
        }
        catch (StoreException error) when (!release.IsCurrent && !MayPass(error))
        {
            StoreLog.ReleaseGivenUp(database.Logger, names.Spec.Name, release.ReleaseId, error.Message);
            if (!await GiveUpAsync(release, token))
                throw;
            return null;
        }
    }

    async Task<bool> GiveUpAsync(Release release, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        return await new ReleasePublisher(database, fence: null).MarkAsync(session, names, release.ReleaseId, token);
    }

    /// <summary>What was tried to the end says itself no longer that it may pass; what it stands for does.</summary>
    static bool MayPass(StoreException error) => error.IsTransient || error.InnerException is StoreException { IsTransient: true };

    static ReleaseCounts? Parse(string? counts) =>
        counts is null ? null : JsonSerializer.Deserialize<ReleaseCounts>(counts, ReleaseCounts.Json);

    static ReleaseCounts? Less(ReleaseCounts? counts, ReleaseTable list, long removed) => (counts, list) switch
    {
        (null, _) => null,
        (_, ReleaseTable.Main) => counts with { Users = counts.Users - 1, Recommendations = counts.Recommendations - removed },
        (_, ReleaseTable.Exploration) => counts with { Explored = counts.Explored - removed },
        _ => counts with { Again = counts.Again - removed },
    };

    sealed record LockedRelease
    {
        public string? Counts { get; init; }
    }
}
