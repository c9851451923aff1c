using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Reports;

/// <summary>The main list on several test periods: whether a result holds, or belongs to one fortnight.</summary>
/// <param name="list">The main list.</param>
/// <param name="windows">The test periods, the newest first.</param>
/// <param name="names">What the makers are called.</param>
sealed class WindowSection(ListEvaluation list, IReadOnlyList<WindowEvaluation> windows, MakerNames names)
{
    readonly int _length = list.Makers[0].At[0].Length;

    /// <summary>Returns the chart and what could not be measured.</summary>
    public Html ToHtml()
    {
        string title = $"NDCG@{_length} in each test period, with 95 % intervals";
        WindowEvaluation[] measured = [.. windows.Where(window => window.Obstacle is null)];
        var chart = new IntervalChart(
            title,
            [.. measured.Select(window => new ChartGroup(
                $"{Period(window)} · {Numbers.Quantity(window.Users, "users")}",
                [.. window.Makers.Where(maker => Kind(maker.Maker) != MakerKind.Scorer).Select(maker =>
                    ChartRow.Of(names.Of(maker.Maker, list), maker.Ndcg, Kind(maker.Maker) == MakerKind.Measured))]))],
            new DataTable(
                title,
                ["list", .. measured.Select(Period), "mean"],
                [.. list.Makers.Select(maker => Row(maker, measured))]));
        return Html.Of(
            $"""
            {chart.ToHtml()}
            {windows.Where(window => window.Obstacle is not null).Select(window => Html.Of($"<p>{Period(window)}: {window.Obstacle}</p>"))}
            """);
    }

    string[] Row(MakerEvaluation maker, WindowEvaluation[] measured)
    {
        Interval?[] figures = [.. measured.Select(window => window.Makers.FirstOrDefault(one => one.Maker == maker.Name)?.Ndcg)];
        return
        [
            names.Of(maker),
            .. figures.Select(figure => figure is null ? Figures.None : Figures.WithInterval(figure)),
            figures.Contains(null) ? Figures.None : Numbers.Measure(figures.Average(figure => figure!.Estimate)),
        ];
    }

    static string Period(WindowEvaluation window) =>
        $"{Micros.ToTime(window.TestFrom):yyyy-MM-dd} to {Micros.ToTime(window.TestUntil):yyyy-MM-dd}";

    MakerKind Kind(string maker) => list.Makers.Single(one => one.Name == maker).Kind;
}
