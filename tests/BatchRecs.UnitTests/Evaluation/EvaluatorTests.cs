using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class EvaluatorTests
{
    static readonly CataloguePopularity Catalogue = new(MetricsOracle.ItemCounts, MetricsOracle.UserCount);

    [Fact]
    public void Every_maker_is_measured_at_every_length_the_recipe_first()
    {
        var evaluation = Evaluate();

        Assert.Equal("main", evaluation.List);
        Assert.Equal(["blend", "popular"], evaluation.Makers.Select(maker => maker.Name));
        Assert.All(evaluation.Makers, maker => Assert.Equal([10, 3], maker.At.Select(at => at.Length)));
        var primary = evaluation.Makers[0].At[0];
        Assert.Equal(MetricsOracle.Expected("ndcg"), primary.Metrics[RankingMetric.Ndcg].Estimate, 1e-12);
        Assert.Equal(MetricsOracle.Expected("reciprocalRank"), primary.Metrics[RankingMetric.ReciprocalRank].Estimate, 1e-12);
        Assert.Equal([0.25, 0.5, 1], primary.Stratified.Select(figures => figures.Exponent));
        Assert.Equal(MetricsOracle.Expected("snipsRecall"), primary.Stratified[1].Recall, 1e-12);
        Assert.Equal(ListFigures.Of(MetricsOracle.TestLists, 10, Catalogue), primary.Lists);
    }

    [Fact]
    public void Every_metric_lies_inside_its_interval()
    {
        foreach (var at in Evaluate().Makers.SelectMany(maker => maker.At))
            foreach (var (metric, interval) in at.Metrics)
                Assert.True(interval.Low <= interval.Estimate && interval.Estimate <= interval.High, $"{metric}: {interval}");
    }

    [Fact]
    public void The_recipe_is_compared_with_each_baseline_user_by_user()
    {
        var evaluation = Evaluate();

        Assert.Equal(
            [
                ("popular", 10, RankingMetric.Ndcg), ("popular", 10, RankingMetric.Recall),
                ("popular", 3, RankingMetric.Ndcg), ("popular", 3, RankingMetric.Recall),
            ],
            evaluation.Differences.Select(difference => (difference.Baseline, difference.Length, difference.Metric)));
        var ndcg = evaluation.Differences[0];
        double recipe = evaluation.Makers[0].At[0].Metrics[RankingMetric.Ndcg].Estimate;
        double baseline = evaluation.Makers[1].At[0].Metrics[RankingMetric.Ndcg].Estimate;
        Assert.Equal(recipe - baseline, ndcg.Difference.Estimate, 1e-12);
        Assert.Equal((recipe / baseline) - 1, ndcg.Relative!.Estimate, 1e-12);
    }

    [Fact]
    public void A_report_survives_json_and_names_its_metrics()
    {
        var report = new EvaluationReport
        {
            TestFrom = 1,
            TestUntil = 2,
            Tuned = new Dictionary<string, double> { ["blend.recent"] = 0.3 },
            Lists = [Evaluate()],
        };

        string json = JsonSerializer.Serialize(report);
        var back = JsonSerializer.Deserialize<EvaluationReport>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(back));
        Assert.Contains("\"ndcg\":{\"Estimate\":0.242", json, StringComparison.Ordinal);
        Assert.Equal(0.3, back.Tuned["blend.recent"]);
        Assert.Equal(report.Lists[0].Differences, back.List("main")!.Differences);
        Assert.Null(back.List("again"));
    }

    [Fact]
    public void Too_few_users_are_refused_with_the_remedy()
    {
        var error = Assert.Throws<InputDataException>(() => Evaluator.Evaluate(
            "again", Lists.Truth([1]), [new MakerLists("own", Lists.Block([1]))], [10], Catalogue, seed: 1, CancellationToken.None));

        Assert.Equal(
            "1 users have a test item for the list 'again', at least 2 are needed: lengthen the holdout, or wait for more data.",
            error.Message);
    }

    [Fact]
    public void Two_makers_of_one_name_are_refused()
    {
        var lists = new MakerLists("popular", MetricsOracle.TestLists);

        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(
            "main", MetricsOracle.Truth, [lists, lists], [10], Catalogue, seed: 1, CancellationToken.None));
    }

    [Fact]
    public void A_cancelled_measurement_ends()
    {
        Assert.Throws<OperationCanceledException>(() => Evaluator.Evaluate(
            "main",
            MetricsOracle.Truth,
            [new MakerLists("blend", MetricsOracle.TestLists)],
            [10],
            Catalogue,
            seed: 1,
            new CancellationToken(canceled: true)));
    }

    static ListEvaluation Evaluate()
    {
        int[] counts = MetricsOracle.ItemCounts;
        int[] popular = [.. Enumerable.Range(0, counts.Length).OrderByDescending(item => counts[item]).Take(10)];
        var baseline = Lists.Block([.. Enumerable.Repeat(popular, MetricsOracle.Truth.UserCount)]);
        return Evaluator.Evaluate(
            EvaluationReport.MainList,
            MetricsOracle.Truth,
            [new MakerLists("blend", MetricsOracle.TestLists), new MakerLists("popular", baseline)],
            [10, 3],
            Catalogue,
            seed: 7,
            CancellationToken.None);
    }
}
