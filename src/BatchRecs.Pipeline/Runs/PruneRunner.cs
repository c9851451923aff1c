using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Runs prune jobs: removes old releases, artifacts and entries of the ledger.</summary>
/// <param name="project">Root, work folder and stores.</param>
/// <param name="loggers">Makes the logs.</param>
/// <param name="clock">The clock; ages are counted from it.</param>
public sealed class PruneRunner(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    readonly ILogger _logger = loggers.CreateLogger<PruneRunner>();

    /// <summary>Runs a job to its end.</summary>
    /// <param name="jobPath">Path of the job file, relative to the project root or absolute.</param>
    /// <param name="isDryRun">True = only say what would go.</param>
    /// <param name="token">Cancels; what is removed by then stays removed.</param>
    /// <exception cref="BatchRecsException">The job file is wrong, a recommender does not exist, or the store refused.</exception>
    public async Task<PruneOutcome> RunAsync(string jobPath, bool isDryRun, CancellationToken token)
    {
        var (job, path) = JobFile.LoadPrune(jobPath, project.Root);
        await using var store = project.Open(job.Stores.Serving, $"{path}: stores.serving", loggers);
        await new Migrator(store, clock).MigrateAsync(token);
        var pruned = new List<PrunedRecommender>();
        foreach (string recommender in await RecommendersAsync(job, path, store, token))
            pruned.Add(await PruneAsync(job, recommender, store, isDryRun, token));
        var outcome = new PruneOutcome(path, isDryRun, pruned);
        PipelineLog.Pruned(_logger, path, outcome.Message);
        return outcome;
    }

    static async Task<IReadOnlyList<string>> RecommendersAsync(PruneJob job, string path, Database store, CancellationToken token)
    {
        string[] known =
        [
            .. (await new ReleaseStore(store).ListRecommendersAsync(token))
                .Concat(await new LedgerRetention(store).RecommendersAsync(token))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        if (job.Recommenders is not { } named)
            return known;
        return named.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new ConfigurationException(
                $"{path}: recommenders: there is no recommender '{unknown}' in store '{store.Settings.Name}'; expected one of: "
                + $"{(known.Length == 0 ? "none" : string.Join(", ", known))}.")
            : named;
    }

    /// <summary>Prunes under the lock of the recommender: artifacts and releases must not go from under a run.</summary>
    async Task<PrunedRecommender> PruneAsync(
        PruneJob job, string recommender, Database store, bool isDryRun, CancellationToken token)
    {
        if (isDryRun)
            return await new RecommenderLocks(store).FindAsync(recommender, token) is { IsHeld: true } busy
                ? LeftAlone(recommender, busy.Description)
                : await PruneAsync(job, recommender, new ReleaseStore(store), new LedgerRetention(store), isDryRun, token);
        try
        {
            await using var lease = await RunLease.TakeAsync(store, recommender, "prune", _logger, token);
            return await lease.RunAsync(work => PruneAsync(
                job, recommender, new ReleaseStore(store, lease.Fence), new LedgerRetention(store), isDryRun, work));
        }
        catch (BusyException busy)
        {
            return LeftAlone(recommender, busy.Message);
        }
    }

    static PrunedRecommender LeftAlone(string recommender, string why) =>
        new(recommender, [], 0, 0, 0, 0, $"left alone: {why}");

    async Task<PrunedRecommender> PruneAsync(
        PruneJob job, string recommender, ReleaseStore releases, LedgerRetention ledger, bool isDryRun, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var oldReleases = job.Releases is { } limits
            ? ReleaseRetention.Old(await releases.ListAsync(recommender, token), limits.Keep, limits.MaxAge, now)
            : [];
        IReadOnlyList<long> due = [.. oldReleases.Select(release => release.ReleaseId)];
        var gone = isDryRun ? due : await releases.RemoveAsync(recommender, oldReleases, token);
        var oldArtifacts = PruneArtifacts(job, recommender, isDryRun, now);
        // After the releases: the runs that made them may go now.
        var oldEntries = await PruneLedgerAsync(job, recommender, ledger, isDryRun, token);
        return new PrunedRecommender(
            recommender,
            gone,
            oldArtifacts.Count,
            oldArtifacts.Sum(artifact => artifact.Bytes),
            oldEntries.Runs.Count,
            oldEntries.Evaluations.Count)
        {
            StillRead = due.Count - gone.Count,
        };
    }

    async Task<OldEntries> PruneLedgerAsync(
        PruneJob job, string recommender, LedgerRetention ledger, bool isDryRun, CancellationToken token)
    {
        if (job.Ledger is not { } limits)
            return new OldEntries([], []);
        var old = await ledger.FindAsync(recommender, clock.GetUtcNow() - limits.MaxAge, token);
        if (!isDryRun)
            await ledger.RemoveAsync(old, token);
        return old;
    }

    IReadOnlyList<StoredArtifact> PruneArtifacts(PruneJob job, string recommender, bool isDryRun, DateTimeOffset now)
    {
        if (job.Artifacts is not { } limits)
            return [];
        var artifacts = project.OpenArtifacts();
        var kept = new ArtifactRetention(MaxAge: limits.MaxAge, MaxBytes: limits.MaxSize?.Bytes, KeepsNewest: false);
        try
        {
            return isDryRun ? artifacts.Old(recommender, kept, now) : artifacts.Prune(recommender, kept, now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"An artifact cannot be removed: {error.Message} Check who owns the folder .batchrecs.", error);
        }
    }
}
