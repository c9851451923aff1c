using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>What the lists show of the catalogue, and what they are like besides right or wrong.</summary>
/// <param name="list">The lists.</param>
/// <param name="names">What the makers are called.</param>
sealed class CatalogueSection(ListEvaluation list, MakerNames names)
{
    readonly int _length = list.Makers[0].At[0].Length;

    /// <summary>Returns the charts and the table.</summary>
    public Html ToHtml() => Html.Of(
        $"""
        <div class="figures">
        {Chart($"Coverage: share of the items that are in some list at {_length}", at => at.Lists.Coverage, Numbers.Percent).ToHtml()}
        {Chart($"Gini coefficient of the appearances at {_length}: near 1 = few items", at => at.Lists.Gini, Numbers.Measure).ToHtml()}
        </div>
        <details><summary>All figures at all list lengths</summary>{AllFigures().ToHtml()}</details>

        """);

    IntervalChart Chart(string title, Func<LengthEvaluation, double> figure, Func<double, string> write) => new(
        title,
        [new ChartGroup("", [.. list.Makers.Select(maker => ChartRow.Of(
            names.Of(maker), figure(maker.At[0]), maker.Kind == MakerKind.Measured) with { Text = write(figure(maker.At[0])) })])],
        new DataTable(title, ["list", $"at {_length}"], [.. list.Makers.Select(maker => new[]
        {
            names.Of(maker), write(figure(maker.At[0])),
        })]));

    DataTable AllFigures() => new(
        "What the lists show",
        [
            "list", "N", "coverage", "in 5 lists", "in 20 lists", "in 100 lists", "Gini", "entropy (nats)", "effective items",
            "novelty (bits)", "mean users of an item", "long tail", "diversity", "serendipity", "miscalibration (nats)", "ties at the cut",
        ],
        [.. list.Makers.SelectMany(maker => maker.At.Select(at => Row(names.Of(maker), at)))]);

    static string[] Row(string name, LengthEvaluation at) =>
    [
        name,
        Numbers.Count(at.Length),
        Numbers.Percent(at.Lists.Coverage),
        Numbers.Percent(at.Lists.CoverageAtLeast5),
        Numbers.Percent(at.Lists.CoverageAtLeast20),
        Numbers.Percent(at.Lists.CoverageAtLeast100),
        Numbers.Measure(at.Lists.Gini),
        Figures.Plain(at.Lists.Entropy),
        Figures.Plain(at.Lists.EffectiveItems),
        Figures.Plain(at.Lists.Novelty),
        Figures.Plain(at.Lists.AveragePopularity),
        Numbers.Percent(at.Lists.LongTailShare),
        Figures.OrNone(at.Quality?.Diversity, Numbers.Measure),
        Figures.OrNone(at.Quality?.Serendipity, Numbers.Measure),
        Figures.OrNone(at.Quality?.Miscalibration, Numbers.Measure),
        Figures.OrNone(at.Quality?.TiesAtCut, Numbers.Percent),
    ];
}
