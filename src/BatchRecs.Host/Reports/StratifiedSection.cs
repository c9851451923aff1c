using BatchRecs.Core.Weighing;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>The popularity-stratified figures by exponent: how much of a result rests on well-known items.</summary>
/// <param name="list">The lists.</param>
/// <param name="names">What the makers are called.</param>
sealed class StratifiedSection(ListEvaluation list, MakerNames names)
{
    readonly int _length = list.Makers[0].At[0].Length;

    /// <summary>Returns the chart.</summary>
    public Html ToHtml()
    {
        string title = $"Popularity-stratified DCG@{_length}, pooled over all users";
        return new IntervalChart(
            title,
            [.. Exponents().Select(exponent => new ChartGroup(
                FormattableString.Invariant($"exponent {exponent}"),
                [.. list.Makers.Select(maker => Row(maker, Of(maker, exponent)))]))],
            new DataTable(
                title,
                ["list", "exponent", "pooled DCG", "pooled recall", "DCG per user", "recall per user", "effective pairs", "note"],
                [.. list.Makers.SelectMany(maker => maker.At[0].Stratified.Select(figures => TableRow(names.Of(maker), figures)))]))
            .ToHtml();
    }

    /// <summary>Returns the share of the users whose own weights cancel out.</summary>
    public string SingleItemUsers => Numbers.Percent(list.Makers[0].At[0].Stratified[0].SingleItemUsers);

    IEnumerable<double> Exponents() => list.Makers[0].At[0].Stratified.Select(figures => figures.Exponent);

    static StratifiedFigures Of(MakerEvaluation maker, double exponent) =>
        maker.At[0].Stratified.Single(figures => figures.Exponent == exponent);

    ChartRow Row(MakerEvaluation maker, StratifiedFigures figures) => figures.Reliable
        ? ChartRow.Of(names.Of(maker), figures.PooledDcg, maker.Kind == MakerKind.Measured)
        : new ChartRow(names.Of(maker), null, "refused", maker.Kind == MakerKind.Measured);

    static string[] TableRow(string name, StratifiedFigures figures) =>
    [
        name,
        FormattableString.Invariant($"{figures.Exponent}"),
        .. figures.Reliable
            ? new[] { figures.PooledDcg, figures.PooledRecall, figures.Dcg, figures.Recall }.Select(Numbers.Measure)
            : Enumerable.Repeat(Figures.None, 4),
        Numbers.Count((long)figures.EffectiveSampleSize),
        figures.Reliable
            ? ""
            : $"refused: as good as {Numbers.Count((long)figures.EffectiveSampleSize)} pairs; "
                + $"{Numbers.Count((int)EffectiveSampleSize.Least)} and "
                + $"{Numbers.Percent(EffectiveSampleSize.LeastShare)} of all are needed",
    ];
}
