using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Quality;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Quality;

/// <summary>Scores the served lists against the events since their publication, every night, and keeps the figures.</summary>
/// <param name="warehouse">The store with the impressions, if the job knows of any.</param>
/// <param name="serving">The store with the releases.</param>
/// <param name="job">The job.</param>
/// <param name="projectRoot">The folder that paths in the job are relative to.</param>
/// <param name="logger">The log of the run.</param>
/// <param name="clock">The clock.</param>
sealed class NightlyScore(
    Database warehouse, Database serving, RefreshJob job, string projectRoot, ILogger logger, TimeProvider clock)
{
    readonly RecommenderQuality _quality = new(serving, job.Recommender);
    readonly PrequentialScore _score = new(new Recipe(JobPlan.Recipe(job)), JobPlan.TunedRecent(job), job.Evaluate.At);

    /// <summary>Scores what can be scored. Whatever goes wrong is told and stops nothing: nothing depends on it.</summary>
    /// <param name="snapshot">The events of the run.</param>
    /// <param name="runId">The run.</param>
    /// <param name="asOf">Up to when it counts events.</param>
    /// <param name="token">Ends the work early.</param>
    public async Task RunAsync(Snapshot snapshot, long runId, DateTimeOffset asOf, CancellationToken token)
    {
        try
        {
            if (!await HasSameIdsAsync(snapshot, token))
                return;
            bool hasNews = false;
            var scored = await _quality.ScoredReleasesAsync(token);
            foreach (var time in ServingTime.Due(await ReleasesAsync(token), scored, job.AsOf, Micros.Of(asOf)))
            {
                if (await ScoreAsync(time, snapshot, token) is not { } report)
                    continue;
                await KeepAsync(new NightScore(time.ReleaseId, asOf, runId, report), snapshot, token);
                hasNews = true;
            }
            if (hasNews)
                await WarnAsync(token);
        }
        catch (Exception error) when (error is not OperationCanceledException || !token.IsCancellationRequested)
        {
            PipelineLog.NotScored(logger, job.Recommender, error.Message);
        }
    }

    /// <summary>
    /// Tells whether there are lists of these ids. Ids of another type would be quoted in the store's errors, which go to the log; the
    /// run itself refuses them later, in words without an id.
    /// </summary>
    async Task<bool> HasSameIdsAsync(Snapshot snapshot, CancellationToken token)
    {
        var spec = await serving.Retry.RunAsync(
            "finding the recommender", () => new ReleaseStore(serving).FindRecommenderAsync(job.Recommender, token), token);
        return spec?.UserKind == snapshot.Users.Kind && spec.ItemKind == snapshot.Items.Kind;
    }

    Task<IReadOnlyList<Release>> ReleasesAsync(CancellationToken token) => serving.Retry.RunAsync(
        "listing releases", () => new ReleaseStore(serving).ListAsync(job.Recommender, token), token);

    async Task<PrequentialReport?> ScoreAsync(ServingTime time, Snapshot snapshot, CancellationToken token)
    {
        var period = await Task.Run(() => _score.Period(snapshot, time.Since, time.Until), token).WaitAsync(token);
        if (period is null)
        {
            PipelineLog.NothingToScore(logger, job.Recommender, time.ReleaseId, Micros.ToTime(time.Since), "something new");
            return null;
        }
        var served = await ReadAsync(time.ReleaseId, period, token);
        var report = await Task.Run(() => _score.Score(period, served, token), token).WaitAsync(token);
        if (report is null)
            PipelineLog.NothingToScore(
                logger, job.Recommender, time.ReleaseId, Micros.ToTime(time.Since), "something new and have a list of their own");
        else
            PipelineLog.Scored(logger, job.Recommender, time.ReleaseId, report.Users, Describe(report));
        return report;
    }

    async Task<ServedLists> ReadAsync(long releaseId, ServedPeriod period, CancellationToken token)
    {
        var served = new ServedLists(period.Truth.UserCount, _score.Depth);
        await new StoredListReader(serving).ReadAsync(
            job.Recommender,
            releaseId,
            period.UserIds,
            _score.Depth,
            (user, row) => served.Add(
                user, period.Items.TryFind(row.ItemId, out int item) ? item : ServedLists.UnknownItem, row.Source),
            token);
        return served;
    }

    /// <summary>Keeps a score, with how much of what users took was shown to them.</summary>
    async Task KeepAsync(NightScore score, Snapshot snapshot, CancellationToken token)
    {
        var recommended = await RecommendedAsync(score.Report, snapshot, token);
        await _quality.SaveAsync(score with { Report = score.Report with { Recommended = recommended } }, token);
        if (recommended?.Share > job.Monitor.MaxRecommended)
            PipelineLog.MuchRecommended(
                logger,
                job.Recommender,
                string.Create(CultureInfo.InvariantCulture, $"{recommended.Share:0.####}"),
                string.Create(CultureInfo.InvariantCulture, $"monitor.maxRecommended is {job.Monitor.MaxRecommended}"));
    }

    async Task WarnAsync(CancellationToken token)
    {
        int below = RecommenderQuality.NightsBelow(await _quality.ListAsync(job.Monitor.NightsBelow * 2, token));
        if (below >= job.Monitor.NightsBelow)
            PipelineLog.WorseThanRecent(logger, job.Recommender, below);
    }

    async Task<RecommendedShare?> RecommendedAsync(PrequentialReport report, Snapshot snapshot, CancellationToken token)
    {
        var plans = new ExtractPlans(job, projectRoot);
        if (plans.Impressions(report.Since, report.Until, clock.GetUtcNow()) is not { } request)
            return null;
        try
        {
            await using var session = await SourceSession.OpenAsync(warehouse, token);
            var (shown, _) = await InteractionReader.ReadAsync(session, request, null, token);
            return Recommended.Of(
                snapshot, _score.Recipe.Positives(snapshot), shown, report.Since, report.Until, job.Monitor.Impressions!.Within);
        }
        catch (BatchRecsException error)
        {
            PipelineLog.ImpressionsLost(logger, job.Recommender, error.Message);
            return null;
        }
    }

    static string Describe(PrequentialReport report)
    {
        var (length, ndcg) = (report.At[0].Length, report.At[0].Metrics[RankingMetric.Ndcg]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"NDCG@{length} {ndcg.Served.Estimate:0.0000}, recent popularity {ndcg.Recent.Estimate:0.0000}, "
            + $"difference {ndcg.Difference.Estimate:+0.0000;-0.0000} "
            + $"({ndcg.Difference.Low:+0.0000;-0.0000} to {ndcg.Difference.High:+0.0000;-0.0000})");
    }
}
