using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>How well lists hit what users took: each maker, and the measured list against each other one.</summary>
/// <param name="list">The lists.</param>
/// <param name="names">What the makers are called.</param>
sealed class HitsSection(ListEvaluation list, MakerNames names)
{
    readonly int _length = list.Makers[0].At[0].Length;

    /// <summary>Returns the charts and the table of all metrics.</summary>
    public Html ToHtml() => Html.Of(
        $"""
        <div class="figures">{Metric(RankingMetric.Ndcg, "NDCG").ToHtml()}{Metric(RankingMetric.Recall, "Recall").ToHtml()}</div>
        {Differences().ToHtml()}
        <details><summary>All metrics at all list lengths</summary>{AllMetrics().ToHtml()}</details>

        """);

    /// <summary>Says in a sentence how the measured list stands against the strongest of the others that are no part of it.</summary>
    public Html Verdict()
    {
        var strongest = list.Makers
            .Where(maker => maker.Kind is MakerKind.Baseline or MakerKind.Compared && maker.Name != RecipeEvaluation.UnallocatedName)
            .MaxBy(maker => maker.At[0].Metrics[RankingMetric.Ndcg].Estimate);
        if (strongest is null)
            return Html.Nothing;
        var difference = list.Differences.First(one =>
            one.Baseline == strongest.Name && one.Length == _length && one.Metric == RankingMetric.Ndcg).Difference;
        string verdict = Figures.Verdict(difference);
        string tone = verdict is "better" or "worse" ? verdict : "unclear";
        return Html.Of(
            $"""
            <p class="verdict {tone}"><strong>{names.Of(list.Makers[0])}: NDCG@{_length} {Primary(list.Makers[0])}.</strong>
            Against {names.Of(strongest)}, the strongest yardstick ({Primary(strongest)}): {verdict}, {Figures.Signed(difference)}.</p>

            """);
    }

    static string Primary(MakerEvaluation maker) => Numbers.Measure(maker.At[0].Metrics[RankingMetric.Ndcg].Estimate);

    IntervalChart Metric(RankingMetric metric, string name)
    {
        string title = $"{name}@{_length}, with 95 % intervals";
        return new IntervalChart(
            title,
            [new ChartGroup("", [.. list.Makers.Select(maker => ChartRow.Of(
                names.Of(maker), maker.At[0].Metrics[metric], maker.Kind == MakerKind.Measured))])],
            new DataTable(title, ["list", $"{name}@{_length} (95 % interval)"], [.. list.Makers.Select(maker => new[]
            {
                names.Of(maker), Figures.WithInterval(maker.At[0].Metrics[metric]),
            })]));
    }

    IntervalChart Differences()
    {
        string measured = names.Of(list.Makers[0]);
        PairedDifference[] shown =
            [.. list.Differences.Where(one => one.Length == _length && one.Metric == RankingMetric.Ndcg)];
        return new IntervalChart(
            $"{measured}: difference in NDCG@{_length} from each other list, user by user",
            [new ChartGroup("", [.. shown.Select(one => new ChartRow(
                $"from {names.Of(one.Baseline, list)}",
                one.Difference,
                Figures.Signed(one.Difference.Estimate),
                one.Difference.Low > 0))])],
            new DataTable(
                $"{measured} less another list, at all lengths",
                ["other list", "metric", "difference (95 % interval)", "relative", "verdict"],
                [.. list.Differences.Select(one => new[]
                {
                    names.Of(one.Baseline, list),
                    $"{(one.Metric == RankingMetric.Ndcg ? "NDCG" : "Recall")}@{one.Length}",
                    Figures.Signed(one.Difference),
                    one.Relative is { } relative ? Numbers.Percent(relative.Estimate) : Figures.None,
                    Figures.Verdict(one.Difference),
                })]));
    }

    DataTable AllMetrics() => new(
        "All metrics, with 95 % intervals",
        ["list", "N", "precision", "recall", "recall (min form)", "hit rate", "NDCG", "average precision", "reciprocal rank"],
        [.. list.Makers.SelectMany(maker => maker.At.Select(at => (string[])
        [
            names.Of(maker),
            Numbers.Count(at.Length),
            .. Enum.GetValues<RankingMetric>().Select(metric => Figures.WithInterval(at.Metrics[metric])),
        ]))]);
}
