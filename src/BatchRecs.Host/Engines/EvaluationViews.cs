using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Host.Reports;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Engines;

/// <summary>Turns a report into what people see: one table per list, at the primary length.</summary>
static class EvaluationViews
{
    public static IReadOnlyList<EvaluationView> Of(string recommender, EvaluationReport report) =>
        [.. report.Lists.Select(list => Of(recommender, report, list))];

    static EvaluationView Of(string recommender, EvaluationReport report, ListEvaluation list) => new(
        recommender,
        list.List,
        Micros.ToTime(report.TestFrom),
        list.Counts.EvaluatedUsers,
        list.Makers[0].At[0].Length,
        [.. list.Makers.Select(maker => Measured(maker, report))])
    {
        Differences = [.. list.Differences
            .Where(difference => difference.Length == list.Makers[0].At[0].Length && difference.Metric == RankingMetric.Ndcg)
            .Select(difference => new ListDifference(
                new MakerNames(report).Of(difference.Baseline, list), Estimate(difference.Difference)))],
    };

    static MeasuredList Measured(MakerEvaluation maker, EvaluationReport report)
    {
        var at = maker.At[0];
        return new MeasuredList(
            new MakerNames(report).Of(maker),
            Estimate(at.Metrics[RankingMetric.Recall]),
            Estimate(at.Metrics[RankingMetric.Ndcg]),
            at.Lists.Coverage,
            at.Lists.Novelty);
    }

    static Estimate Estimate(Interval interval) => new(interval.Estimate, interval.Low, interval.High);
}
