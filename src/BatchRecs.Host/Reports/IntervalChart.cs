using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>
/// Figures with their 95 % intervals, a line each, in groups that share one scale. A table of the same figures goes with it.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Table">The same figures as text; readers that see no chart get this one alone.</param>
sealed record IntervalChart(string Title, IReadOnlyList<ChartGroup> Groups, DataTable Table)
{
    /// <summary>Returns the chart.</summary>
    public Html ToHtml()
    {
        var shown = Groups.SelectMany(group => group.Rows).Where(row => row.Figure is not null).Select(row => row.Figure!).ToList();
        if (shown.Count == 0)
            return Html.Of($"<figure><figcaption>{Title}</figcaption>{Table.ToHtml()}</figure>");

        // Zero is always on the scale: a difference, or a bar, means nothing without it.
        double low = Math.Min(0, shown.Min(figure => figure.Low));
        double high = Math.Max(0, shown.Max(figure => figure.High));
        var scale = new Scale(low, high > low ? high : low + 1);
        return Html.Of(
            $"""
            <figure><figcaption>{Title}</figcaption>
            <div class="chart" aria-hidden="true">
            {Groups.Select(group => Group(group, scale))}
            <div class="row axis"><span></span><span class="ends"><span>{Short(low)}</span><span>{Short(high)}</span></span></div>
            </div>
            {Table.Folded()}</figure>

            """);
    }

    static Html Group(ChartGroup group, Scale scale) => Html.Of(
        $"""{Heading(group.Name)}{group.Rows.Select(row => Row(row, scale))}""");

    static Html Heading(string name) => name.Length == 0 ? Html.Nothing : Html.Of($"""<p class="group">{name}</p>""");

    static Html Row(ChartRow row, Scale scale) => Html.Of(
        $"""
        <div class="row{(row.Marked ? " marked" : "")}"><span class="label">{row.Name}</span>{Track(row, scale)}
        <span class="value">{row.Text}</span></div>

        """);

    static Html Track(ChartRow row, Scale scale)
    {
        if (row.Figure is not { } figure)
            return Html.Of($"""<span class="none"></span>""");
        double zero = scale.Percent(0), at = scale.Percent(figure.Estimate);
        var whisker = figure.Low == figure.High
            ? Html.Nothing
            : Html.Of(
                $"""
                <line class="whisker" x1="{scale.Percent(figure.Low)}%" x2="{scale.Percent(figure.High)}%" y1="9" y2="9"/>
                """);
        return Html.Of(
            $"""
            <svg height="18"><rect x="{Math.Min(zero, at)}%" width="{Math.Abs(at - zero)}%" y="4" height="10"/>{whisker}
            <circle cx="{at}%" cy="9" r="4"/><line class="zero" x1="{zero}%" x2="{zero}%" y1="0" y2="18"/></svg>
            """);
    }

    static string Short(double figure) => figure.ToString("0.###;−0.###;0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The scale, with a little room at both ends for the marks.</summary>
    readonly record struct Scale(double Low, double High)
    {
        const double Margin = 2;

        public double Percent(double figure) => Margin + ((100 - (2 * Margin)) * (figure - Low) / (High - Low));
    }
}

/// <summary>Lines of a chart that belong together.</summary>
/// <param name="Name">Their heading; empty for none.</param>
/// <param name="Rows">The lines.</param>
sealed record ChartGroup(string Name, IReadOnlyList<ChartRow> Rows);

/// <summary>A line of a chart.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Figure">The figure; null = there is none, and the text says why.</param>
/// <param name="Text">The figure as text.</param>
/// <param name="Marked">True = this is what the report is about; the others are yardsticks.</param>
sealed record ChartRow(string Name, Interval? Figure, string Text, bool Marked)
{
    /// <summary>Makes the line of a measure between 0 and 1.</summary>
    public static ChartRow Of(string name, Interval figure, bool marked) => new(name, figure, Numbers.Measure(figure.Estimate), marked);

    /// <summary>Makes the line of a figure that has no interval.</summary>
    public static ChartRow Of(string name, double figure, bool marked) => Of(name, new Interval(figure, figure, figure), marked);
}
