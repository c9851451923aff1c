using System.Globalization;
using BatchRecs.Core.Evaluation;
using Xunit.Abstractions;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>The demos show what they promise, and the lists of the samples are better than what a shop has without them.</summary>
[Trait("Speed", "Slow")]
public sealed class DemoTests(DemoRuns demos, ITestOutputHelper output) : IClassFixture<DemoRuns>
{
    [Theory]
    [InlineData("retail", "online_retail", "customer 1", "because they bought", "to buy again: ", "published list", "buy-again list")]
    [InlineData("movies", "movietweetings", "person ", "because they liked", "rated lately", "published list", "als alone")]
    public async Task A_demo_shows_stages_measures_lists_with_titles_and_the_SQL(string sample, string recommender, params string[] parts)
    {
        var (code, shown, _) = await demos.RunAsync(sample);

        Assert.Equal(0, code);
        Assert.Contains($"{recommender}: run 1 published, release 1 is current\n", shown, StringComparison.Ordinal);
        Assert.All(
            [
                .. parts, "recall@10", "NDCG@10", "coverage", "novelty", "popular in the last 7 days", "recent popularity (tuned, h = ",
                "Similar items\n", $"from {recommender}_recommendations where user_id = '",
                $"from {recommender}_similar_items where item_id = '",
            ],
            part => Assert.Contains(part, shown, StringComparison.Ordinal));
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public async Task Online_retail_beats_popular_last_seven_days_and_tuned_recent_popularity()
    {
        var report = await ReportAsync("retail", "online_retail");

        foreach (string baseline in (string[])["popular", "last-7-days", "recent"])
            foreach (var metric in (RankingMetric[])[RankingMetric.Ndcg, RankingMetric.Recall])
                Assert.True(Difference(report, baseline, metric).Estimate > 0, $"{metric}@10 is not above {baseline}.");
        Assert.True(Difference(report, "popular", RankingMetric.Ndcg).Low > 0);
        Assert.True(Difference(report, "popular", RankingMetric.Recall).Low > 0);
        Assert.NotNull(report.List(EvaluationReport.AgainList));
    }

    [Fact]
    public async Task Movie_tweetings_beats_als_alone_and_popular_and_keeps_up_with_tuned_recent_popularity()
    {
        var report = await ReportAsync("movies", "movietweetings");

        foreach (var metric in (RankingMetric[])[RankingMetric.Ndcg, RankingMetric.Recall])
        {
            Assert.True(Difference(report, "als", metric).Low > 0, $"{metric}@10 is not significantly above als.");
            Assert.True(Difference(report, "popular", metric).Low > 0, $"{metric}@10 is not significantly above popular.");
            Assert.True(Difference(report, "recent", metric).High >= 0, $"{metric}@10 is significantly below tuned recent popularity.");
        }
    }

    /// <summary>Returns what the demo's run measured, and writes down what its stages took.</summary>
    async Task<EvaluationReport> ReportAsync(string sample, string recommender)
    {
        var (run, report) = await demos.LedgerAsync(sample, recommender);
        Assert.Equal("Published", run.State);
        foreach (var stage in run.Stages)
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}: {stage.ElapsedMs / 1000.0:0.00} s, {stage.Note}"));
        foreach (var difference in report.Lists[0].Differences.Where(difference => difference.Length == 10))
            output.WriteLine($"{difference.Metric}@10 against {difference.Baseline}: {difference.Difference}");
        return report;
    }

    static Interval Difference(EvaluationReport report, string baseline, RankingMetric metric) => report
        .List(EvaluationReport.MainList)!
        .Differences
        .Single(difference => difference.Baseline == baseline && difference.Length == 10 && difference.Metric == metric)
        .Difference;
}
