using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation.OffPolicy;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Exploration;

/// <summary>What came of the draws of all releases that are still kept.</summary>
public sealed record ExplorationFindings
{
    /// <summary>Gets the name of the recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets when the first of the releases became current.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets when the last of them ceased to be current, or now.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Gets the number of releases with drawn items.</summary>
    public required int Releases { get; init; }

    /// <summary>Gets the number of drawn items.</summary>
    public required long Draws { get; init; }

    /// <summary>Gets the number of rows of the log since <see cref="From"/>.</summary>
    public required long LogRows { get; init; }

    /// <summary>Gets how many of them belong to a draw.</summary>
    public required long MatchedRows { get; init; }

    /// <summary>Gets what the outcomes say.</summary>
    public required ExplorationReport Report { get; init; }
}

/// <summary>Joins the draws of a recommender with what an application logged, and works out what policies are worth.</summary>
public sealed class ExplorationMeasurement(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>Measures.</summary>
    /// <param name="path">The job file.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">The job names no log, or no release that is kept has drawn items.</exception>
    /// <exception cref="InputDataException">The log cannot be read, or has no row.</exception>
    /// <exception cref="StoreException">A store refused.</exception>
    public async Task<ExplorationFindings> RunAsync(string path, CancellationToken token)
    {
        var loaded = JobFile.Load(path, project.Root);
        var job = loaded.Job;
        var plans = new ExtractPlans(job, project.Root);
        var source = plans.OutcomeLog() ?? throw new ConfigurationException(
            $"{loaded.Path}: the job does not say where outcomes of drawn items are logged; expected the key explore.outcomes.");
        await using var serving = project.OpenServing(loaded, loggers);
        await using var warehouse = project.OpenWarehouse(loaded, loggers);
        var store = new ReleaseStore(serving);
        var now = clock.GetUtcNow();
        var releases = (await store.ListAsync(job.Recommender, token))
            .Where(release => release.PublishedAt is not null && release.Counts is { Explored: > 0 })
            .OrderBy(release => release.PublishedAt)
            .ToList();
        if (releases.Count == 0)
            throw new ConfigurationException(
                $"{job.Recommender} has no published release with drawn items. batchrecs run {loaded.Path} makes one.");

        var log = await ReadLogAsync(warehouse, plans.Outcomes(source, releases[0].PublishedAt!.Value, now), token);
        var join = new OutcomeJoin(log, source.Value is not null);
        long draws = 0;
        foreach (var release in releases)
        {
            long from = Micros.Of(release.PublishedAt!.Value), until = Micros.Of(release.RetiredAt ?? now);
            draws += await store.ReadDrawsAsync(release, log.Users, log.Items, draw => join.Add(draw, from, until), token);
        }
        return new ExplorationFindings
        {
            Recommender = job.Recommender,
            From = releases[0].PublishedAt!.Value,
            Until = releases.Max(release => release.RetiredAt ?? now),
            Releases = releases.Count,
            Draws = draws,
            LogRows = log.Interactions.Count,
            MatchedRows = join.Matched,
            Report = ExplorationReport.Of(join.Outcomes, (ulong)job.Seed),
        };
    }

    static async Task<Snapshot> ReadLogAsync(Database warehouse, ExtractRequest request, CancellationToken token)
    {
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        return (await InteractionReader.ReadAsync(session, request, progress: null, token)).Snapshot;
    }
}
