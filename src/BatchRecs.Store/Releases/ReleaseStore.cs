using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Makes, publishes, rolls back and removes releases. Readers see exactly one complete release of a recommender, always.</summary>
/// <remarks>Every method throws <see cref="StoreException"/> if the store refuses.</remarks>
/// <param name="database">The store; its migrations are applied.</param>
/// <param name="fence">
/// The lock that whoever changes releases holds: from the moment another takes it over, every change is refused. Null = no lock is
/// needed for what the caller does, as for a rollback.
/// </param>
public sealed class ReleaseStore(Database database, RunFence? fence = null)
{
    readonly RecommenderRegistry _registry = new(database, fence);
    readonly ReleasePublisher _publisher = new(database, fence);

    /// <summary>Makes or changes the tables, views and functions of a recommender; does nothing if they are as they should be.</summary>
    /// <remarks>Grants on existing objects stay. A list of items to take again, once made, stays; without new rows it is empty.</remarks>
    /// <exception cref="ConfigurationException">
    /// The name is wrong or clashes with another one, an id type has changed, or a live relation has ids of another type.
    /// </exception>
    public Task EnsureRecommenderAsync(RecommenderSpec spec, CancellationToken token) => _registry.EnsureAsync(spec, token);

    /// <summary>Finds a recommender as it was set up; null if it never was.</summary>
    public Task<RecommenderSpec?> FindRecommenderAsync(string recommender, CancellationToken token) =>
        _registry.FindAsync(recommender, token);

    /// <summary>Lists the names of the recommenders that were set up, in ordinal order.</summary>
    public Task<IReadOnlyList<string>> ListRecommendersAsync(CancellationToken token) => _registry.ListAsync(token);

    /// <summary>Removes a recommender with all its releases, as <c>migrate --recreate</c> does; grants on its views are lost.</summary>
    /// <returns>False if there is no such recommender.</returns>
    /// <exception cref="ConfigurationException">An application's view reads its views; the message names it.</exception>
    public Task<bool> DropRecommenderAsync(string recommender, CancellationToken token) => _registry.DropAsync(recommender, token);

    /// <summary>Begins a release that readers do not see yet.</summary>
    /// <param name="recommender">Name of a recommender that was set up.</param>
    /// <param name="start">What the release is made from.</param>
    /// <param name="users">Turns user indices into ids.</param>
    /// <param name="items">Turns item indices into ids.</param>
    /// <param name="at">Now.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>What loads its rows; dispose it.</returns>
    /// <exception cref="ConfigurationException">The recommender was never set up, or for ids of other types.</exception>
    public async Task<ReleaseWriter> BeginAsync(
        string recommender, ReleaseStart start, IdMap users, IdMap items, DateTimeOffset at, CancellationToken token)
    {
        var names = await _registry.NamesAsync(recommender, token);
        RecommenderRegistry.CheckKinds(names.Spec, users.Kind, items.Kind);
        var session = await database.StartAsync(readOnly: false, token);
        try
        {
            await database.ReleaseTables.PrepareAsync(session, token);
            await session.BeginAsync(token);
            if (fence is not null)
                await fence.CheckAsync(session, token);
            long releaseId = await session.FindAsync<long>(
                new Statement("releases/insert", names.Tokens, new
                {
                    recommender,
                    runId = start.RunId,
                    key = start.Key,
                    dataUntil = start.DataUntil,
                    jobText = start.JobText,
                    at,
                }),
                token);
            foreach (var table in names.Tables)
                await database.ReleaseTables.CreateAsync(session, names, table, releaseId, token);
            await session.CommitAsync(token);
            return new ReleaseWriter(session, names, releaseId, users, items, fence);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads all rows of a built release back and checks them against what the release was made from.</summary>
    /// <param name="releaseId">The release.</param>
    /// <param name="contents">What it was made from.</param>
    /// <param name="progress">Where it says how many rows are checked; null = nowhere.</param>
    /// <param name="token">Ends the check early.</param>
    /// <returns>How many rows were read.</returns>
    /// <exception cref="ConfigurationException">There is no such release, or it is not built.</exception>
    /// <exception cref="StoreException">The store holds other rows than were made; the message names every check that failed.</exception>
    public async Task<long> VerifyAsync(
        long releaseId, ReleaseContents contents, IProgress<StageProgress>? progress, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        // Somebody may be forgotten meanwhile: counts and rows are those of one moment.
        await session.BeginSnapshotAsync(token);
        var release = await session.FindAsync<Release>(new Statement("releases/get", database.FixedTokens(), new { releaseId }), token);
        if (release?.State != ReleaseStates.Built)
            throw new ConfigurationException($"Release {releaseId} is {release?.State ?? "gone"}. Expected: {ReleaseStates.Built}.");
        var names = await _registry.NamesAsync(release.Recommender, token);
        return await new ReleaseVerifier(session, names, release, contents).RunAsync(progress, token);
    }

    /// <summary>Makes a built release current, in one short transaction, unless somebody went back from the very same content.</summary>
    /// <exception cref="ConfigurationException">There is no such release, or it is not built.</exception>
    public Task<Publication> PublishAsync(long releaseId, DateTimeOffset at, CancellationToken token) =>
        _publisher.PublishAsync(releaseId, at, token);

    /// <summary>Records what the guards said of a release that was never current.</summary>
    /// <param name="releaseId">The release.</param>
    /// <param name="refusedReason">Why it was refused: it cannot become current then. Null = it may.</param>
    /// <param name="token">Cancels.</param>
    /// <param name="overridden">Who lets it through although it was refused; null = nobody.</param>
    public async Task JudgeAsync(long releaseId, string? refusedReason, CancellationToken token, GuardOverride? overridden = null)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        if (fence is not null)
            await fence.CheckAsync(session, token);
        object arguments = new
        {
            releaseId,
            reason = refusedReason,
            overriddenAt = overridden?.At,
            overriddenBy = overridden?.By,
            overrideReason = overridden?.Reason,
        };
        await session.ExecuteAsync(new Statement("releases/judge", database.FixedTokens(), arguments), token);
        await session.CommitAsync(token);
    }

    /// <summary>
    /// Makes another release current: the newest older one that was current before and that nobody went back from, or a given one that
    /// was current, newer ones too. Going back withdraws the release that was current: no run publishes it again.
    /// </summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="to">Id of the release; null = the newest older one.</param>
    /// <param name="at">Now.</param>
    /// <param name="token">Cancels.</param>
    /// <param name="by">Who does it, and why; null = nobody says.</param>
    /// <returns>The release that is current now.</returns>
    /// <exception cref="ConfigurationException">There is no such release, or it is not built or another recommender's.</exception>
    public async Task<Release> RollbackAsync(
        string recommender, long? to, DateTimeOffset at, CancellationToken token, Withdrawal? by = null)
    {
        var releases = await ListAsync(recommender, token);
        var current = releases.FirstOrDefault(release => release.IsCurrent);
        var target = to is { } id
            ? releases.FirstOrDefault(release => release.ReleaseId == id && release.PublishedAt is not null)
            : releases.FirstOrDefault(release => release.ReleaseId < current?.ReleaseId && release.Standing == "retired");
        if (target is null)
            throw new ConfigurationException(to is null
                ? $"{recommender} has no older release to go back to. Releases: {Describe(releases)}."
                : $"{recommender} has no release {to} that was ever current: a guard may have refused it. Releases: {Describe(releases)}.");
        // A recommender that an earlier version has set up may lack what keeps the states right.
        await _registry.EnsureAsync((await _registry.FindAsync(recommender, token))!, token);
        await _publisher.MoveAsync(target.ReleaseId, by ?? new Withdrawal("somebody", null), at, token);
        return (await GetAsync(target.ReleaseId, token))!;
    }

    /// <summary>Hands over what was drawn in a release, in the indices of the caller.</summary>
    /// <param name="release">A built release.</param>
    /// <param name="users">The users that the caller knows.</param>
    /// <param name="items">The items that the caller knows.</param>
    /// <param name="take">Takes each draw, also those of users and items that the caller does not know.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>How many draws there were.</returns>
    /// <exception cref="ConfigurationException">The caller's ids are of other types than those of the release.</exception>
    public async Task<long> ReadDrawsAsync(
        Release release, IdMap users, IdMap items, Action<StoredDraw> take, CancellationToken token)
    {
        var names = await _registry.NamesAsync(release.Recommender, token);
        RecommenderRegistry.CheckComparable(names.Spec, users.Kind, items.Kind);
        await using var session = await database.StartAsync(readOnly: true, token);
        return await new ExplorationReader(session, names, new IdIndex(users), new IdIndex(items))
            .ReadAsync(release.ReleaseId, take, token);
    }

    /// <summary>Removes the oldest releases, and those that were never published but for the newest: it may still be.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="keep">How many releases that were current once stay, from 1; the current one always does.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>How many were removed; one that is still being read is left for the next time.</returns>
    public async Task<int> PruneAsync(string recommender, int keep, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var releases = await ListAsync(recommender, token);
        // Without a limit to the age it does not matter what time it is.
        return (await RemoveAsync(recommender, ReleaseRetention.Old(releases, keep, maxAge: null, now: default), token)).Count;
    }

    /// <summary>Removes releases whose load never ended. Only for the one run of the recommender that is under way.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> DropOrphansAsync(string recommender, CancellationToken token)
    {
        var releases = await ListAsync(recommender, token);
        return (await RemoveAsync(recommender, [.. releases.Where(release => release.State != ReleaseStates.Built)], token)).Count;
    }

    /// <summary>Finds the current release; null before the first.</summary>
    public async Task<Release?> FindCurrentAsync(string recommender, CancellationToken token) => (await database.Retry.RunAsync(
        "finding the current release", () => ListAsync(recommender, token), token)).FirstOrDefault(release => release.IsCurrent);

    /// <summary>Lists the releases of a recommender, or of all if it is null, newest first.</summary>
    public async Task<IReadOnlyList<Release>> ListAsync(string? recommender, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<Release>(new Statement("releases/list", database.FixedTokens(), new { recommender }), token);
    }

    /// <summary>Finds a release; null if there is no such release.</summary>
    public async Task<Release?> GetAsync(long releaseId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.FindAsync<Release>(new Statement("releases/get", database.FixedTokens(), new { releaseId }), token);
    }

    /// <summary>Removes releases of a recommender; one that is current or still being read is left.</summary>
    /// <returns>The ids of those that were removed, ascending.</returns>
    public async Task<IReadOnlyList<long>> RemoveAsync(string recommender, IReadOnlyList<Release> releases, CancellationToken token)
    {
        if (releases.Count == 0)
            return [];
        var names = await _registry.NamesAsync(recommender, token);
        var removed = new List<long>();
        // Oldest first: what an earlier clean-up began comes before what it would be in the way of.
        foreach (long releaseId in releases.Select(release => release.ReleaseId).Order())
            if (await _publisher.RemoveAsync(names, releaseId, token))
                removed.Add(releaseId);
        return removed;
    }

    static string Describe(IReadOnlyList<Release> releases) => releases.Count == 0
        ? "none"
        : string.Join(", ", releases.Select(release => $"{release.ReleaseId} ({release.Standing})"));
}
