using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Host.Cli.Views;
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
                Name(list.Makers.Single(maker => maker.Name == difference.Baseline), report), Estimate(difference.Difference)))],
    };

    static MeasuredList Measured(MakerEvaluation maker, EvaluationReport report)
    {
        var at = maker.At[0];
        return new MeasuredList(
            Name(maker, report),
            Estimate(at.Metrics[RankingMetric.Recall]),
            Estimate(at.Metrics[RankingMetric.Ndcg]),
            at.Lists.Coverage,
            at.Lists.Novelty);
    }

    static string Name(MakerEvaluation maker, EvaluationReport report) => (maker.Kind, maker.Name) switch
    {
        (MakerKind.Measured, EvaluationReport.AgainList) => "buy-again list",
        (MakerKind.Compared, ComparedJobs.Champion) => "champion's configuration",
        (MakerKind.Compared, _) => $"configuration {maker.Name}",
        (_, RecipeEvaluation.RecipeName) => "published list",
        (_, "popular") => "popular",
        (_, "last-7-days") => "popular in the last 7 days",
        (_, "recent") when report.Tuned.TryGetValue("baselines.recent.half-life-days", out double days) =>
            FormattableString.Invariant($"recent popularity (tuned, h = {days} d)"),
        _ => $"{maker.Name} alone",
    };

    static Estimate Estimate(Interval interval) => new(interval.Estimate, interval.Low, interval.High);
}
