using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Quality;
using BatchRecs.Store.Releases;

namespace BatchRecs.Host.Engines;

/// <summary>Looks up how the releases of a job did, and how two of them differ.</summary>
sealed class QualityQueries(JobStore stores)
{
    public Task<QualityView> QualityAsync(string path, int count, CancellationToken token) => stores.WithAsync(path, async (job, store) =>
    {
        if (job.Job.Kind == JobKind.Trending)
            throw new ConfigurationException(
                $"{job.Path}: a trending job makes no lists of users, so no night is scored. Name a refresh job.");
        if (await new ReleaseStore(store).FindRecommenderAsync(job.Job.Recommender, token) is null)
            throw new ConfigurationException(
                $"{job.Job.Recommender} has made no release yet. batchrecs run {job.Path} makes one; the run after it scores the first night.");
        var quality = new RecommenderQuality(store, job.Job.Recommender);
        var nights = await quality.ListAsync(Math.Max(count, job.Job.Monitor.NightsBelow * 2), token);
        return new QualityView(
            job.Job.Recommender,
            [.. nights.Take(count).Select(Row)],
            nights is [var newest, ..] ? newest.Report : null,
            [.. (await quality.FiguresAsync(count, token)).Select(release => new ReleaseFiguresRow(release.ReleaseId, release.Report))],
            [.. Warnings(job.Job, nights)]);
    }, token);

    public Task<ReleaseDifferenceView> DiffAsync(
        string path, long before, long after, DiffLimits limits, CancellationToken token) => stores.WithAsync(path, async (job, store) =>
    {
        await RefuseUnknownAsync(job, store, [before, after], token);
        var found = await new ReleaseDiff(store).RunAsync(job.Job.Recommender, before, after, limits.Depth, limits.Top, token);
        return new ReleaseDifferenceView(
            job.Job.Recommender, before, after, limits.ShowsUsers ? found : found with { MostChanged = [] }, limits.ShowsUsers);
    }, token);

    static async Task RefuseUnknownAsync(LoadedJob job, Database store, long[] wanted, CancellationToken token)
    {
        var releases = await new ReleaseStore(store).ListAsync(job.Job.Recommender, token);
        foreach (long id in wanted)
            if (!releases.Any(release => release.ReleaseId == id && release.State == ReleaseStates.Built))
                throw new ConfigurationException(
                    $"{job.Job.Recommender} has no complete release {id}. batchrecs releases list {job.Path} shows what there is; "
                    + "publish.keepReleases says how many are kept.");
    }

    static IEnumerable<string> Warnings(RefreshJob job, IReadOnlyList<NightScore> nights)
    {
        int below = RecommenderQuality.NightsBelow(nights);
        if (below >= job.Monitor.NightsBelow)
            yield return $"the served lists did worse than recent popularity in the last {below} night(s) (monitor.nightsBelow is "
                + $"{job.Monitor.NightsBelow}): evaluate the job, and look at what changed before the first of them";
        if (nights is [var newest, ..] && newest.Report.Recommended?.Share > job.Monitor.MaxRecommended)
            yield return FormattableString.Invariant(
                $"{newest.Report.Recommended.Share:0.####} of what users took was shown to them before (monitor.maxRecommended is ")
                + FormattableString.Invariant($"{job.Monitor.MaxRecommended})");
    }

    static NightRow Row(NightScore night)
    {
        var ndcg = night.Report.At[0].Metrics[RankingMetric.Ndcg];
        var (since, until) = (Micros.ToTime(night.Report.Since), Micros.ToTime(night.Report.Until));
        return new NightRow(
            night.ReleaseId,
            night.RunId,
            since,
            until,
            Math.Round((until - since).TotalDays, 1),
            night.Report.At[0].Length,
            night.Report.Users,
            Of(ndcg.Served),
            Of(ndcg.Recent),
            Of(ndcg.Difference),
            night.Report.Recommended?.Share);
    }

    static Estimate Of(Interval interval) => new(interval.Estimate, interval.Low, interval.High);
}
