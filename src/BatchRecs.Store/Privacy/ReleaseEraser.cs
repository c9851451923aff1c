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

    static readonly ReleaseTable[] Lists = [ReleaseTable.Main, ReleaseTable.Again];

    /// <summary>Gets the tables that have lost rows, quoted.</summary>
    public HashSet<string> Touched { get; } = [];

    /// <summary>Removes users from every release, finished or not, published or not.</summary>
    /// <param name="session">A session that may write.</param>
    /// <param name="userIds">Ids in the one spelling.</param>
    /// <param name="token">Cancels; may be repeated.</param>
    /// <returns>Per user what was done to each release.</returns>
    /// <exception cref="StoreException">The current release could not be cleaned.</exception>
    public async Task<List<ErasedRelease>[]> EraseAsync(Session session, IReadOnlyList<string> userIds, CancellationToken token)
    {
        var erased = userIds.Select(_ => new List<ErasedRelease>()).ToArray();
        var releases = await session.QueryAsync<Release>(
            new Statement("releases/list", names.Tokens, new { recommender = names.Spec.Name }), token);
        foreach (var release in releases)
        {
            long[]? rows = await CleanAsync(session, release, userIds, token);
            for (int n = 0; n < erased.Length; n++)
                if (rows is null || rows[n] > 0)
                    erased[n].Add(new ErasedRelease(release.ReleaseId, rows?[n] ?? 0, rows is null));
        }
        return erased;
    }

    /// <summary>Removes users from one release, in one transaction.</summary>
    /// <returns>The number of rows per user.</returns>
    public async Task<long[]> EraseAsync(Session session, Release release, IReadOnlyList<string> userIds, CancellationToken token)
    {
        long[] rows = new long[userIds.Count];
        var counts = release.Counts;
        await session.BeginAsync(token);
        foreach (var list in Lists.Intersect(names.Tables))
        {
            string table = database.ReleaseTables.LoadTarget(names, list, release.ReleaseId);
            var tokens = names.Tokens.With("table", table);
            for (int n = 0; n < rows.Length; n++)
            {
                if (database.ToParameter(names.Spec.UserKind, userIds[n]) is not { } userId)
                    continue;
                var places = await session.QueryAsync<long>(
                    new Statement("privacy/delete_rows", tokens, new { releaseId = release.ReleaseId, userId }), token);
                long removed = places.Sum();
                if (removed == 0)
                    continue;
                rows[n] += removed;
                Touched.Add(table);
                counts = Less(counts, list, removed);
            }
        }
        if (counts is not null && counts != release.Counts)
            await session.ExecuteAsync(
                new Statement("privacy/set_counts", names.Tokens, new
                {
                    releaseId = release.ReleaseId,
                    counts = JsonSerializer.Serialize(counts, ReleaseCounts.Json),
                }),
                token);
        await session.CommitAsync(token);
        return rows;
    }

    /// <summary>Cleans a release; one that is not current and cannot be cleaned is given up, so that nobody can go back to it.</summary>
    /// <returns>Rows per user; null if it was given up.</returns>
    async Task<long[]?> CleanAsync(Session session, Release release, IReadOnlyList<string> userIds, CancellationToken token)
    {
        try
        {
            return await EraseAsync(session, release, userIds, token);
        }
        catch (StoreException gone) when (NoTable.Contains(gone.SqlState) && release.State != ReleaseStates.Built)
        {
            // It is being removed, or its tables were not made yet: a run that makes them leaves the users out.
            return new long[userIds.Count];
        }
        catch (StoreException error) when (!release.IsCurrent)
        {
            StoreLog.ReleaseGivenUp(database.Logger, names.Spec.Name, release.ReleaseId, error.Message);
            await session.BeginAsync(token);
            long? marked = await session.FindAsync<long?>(
                new Statement("releases/mark_dropping", names.Tokens, new { releaseId = release.ReleaseId }), token);
            await session.CommitAsync(token);
            if (marked is null)
                throw;
            return null;
        }
    }

    static ReleaseCounts? Less(ReleaseCounts? counts, ReleaseTable list, long removed) => list == ReleaseTable.Main
        ? counts is null ? null : counts with { Users = counts.Users - 1, Recommendations = counts.Recommendations - removed }
        : counts is null ? null : counts with { Again = counts.Again - removed };
}
