using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Host.Cli;
using BatchRecs.Host.Reports;

namespace BatchRecs.UnitTests.Host;

public sealed partial class EvaluationPageTests : IDisposable
{
    static readonly string Page = new EvaluationPage("shop", SomeReport.Full, SomeViews.At(1)).ToHtml();

    readonly string _folder = Directory.CreateTempSubdirectory("batchrecs-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        Assert.DoesNotMatch(ExternalReference(), Page);
        Assert.DoesNotContain("<script", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_hold_markup_are_shown_as_text()
    {
        Assert.Contains("configuration &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", Page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;north&lt;/b&gt;", Page, StringComparison.Ordinal);
        Assert.Contains("Not compared: champion. events.&lt;i&gt;click&lt;/i&gt; is not read.", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_element_is_closed_and_every_id_is_there_once()
    {
        var ids = Body().Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToList();

        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(
            ["main", "repeats", "again", "parts", "catalogue", "stratified", "windows", "newcomers", "method"],
            ids);
    }

    [Fact]
    public void Every_section_is_reached_from_the_top()
    {
        var links = Body().Descendants("nav").Descendants("a").Select(link => link.Attribute("href")!.Value);

        Assert.Equal(Body().Descendants("section").Select(section => $"#{section.Attribute("id")!.Value}"), links);
    }

    /// <summary>Who sees no chart gets its figures as a table; the chart itself is not read out.</summary>
    [Fact]
    public void Every_chart_has_its_figures_as_a_table_too()
    {
        var figures = Body().Descendants("figure").ToList();

        Assert.True(figures.Count > 12, $"{figures.Count} charts");
        Assert.All(figures, figure => Assert.NotEmpty(figure.Descendants("tbody").Elements("tr")));
        Assert.All(
            figures.Elements("div").Where(part => part.Attribute("class")!.Value == "chart"),
            chart => Assert.Equal("true", chart.Attribute("aria-hidden")?.Value));
    }

    [Fact]
    public void Tables_name_their_rows_and_columns_and_scroll_by_keyboard()
    {
        Assert.All(Body().Descendants("table"), table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.All(table.Descendants("th"), heading => Assert.NotNull(heading.Attribute("scope")));
            Assert.Equal("0", table.Parent!.Attribute("tabindex")?.Value);
            int columns = table.Descendants("thead").Descendants("th").Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Count()));
        });
    }

    [Fact]
    public void The_figures_of_the_page_are_those_of_the_report()
    {
        var ndcg = SomeReport.Full.Lists[0].Makers[0].At[0].Metrics[RankingMetric.Ndcg];

        Assert.Contains(Figures.WithInterval(ndcg), Page, StringComparison.Ordinal);
        Assert.Contains($"<strong>published list: NDCG@5 {Numbers.Measure(ndcg.Estimate)}.</strong>", Page, StringComparison.Ordinal);
    }

    /// <summary>They are a part of the measured recipe: what it costs to spread items is no reason to call it worse.</summary>
    [Fact]
    public void Lists_before_allocation_are_no_yardstick()
    {
        var main = SomeReport.Full.Lists[0];
        var before = main.Makers[0] with
        {
            Name = RecipeEvaluation.UnallocatedName,
            Kind = MakerKind.Compared,
            At = [.. main.Makers[0].At.Select(at => at with
            {
                Metrics = at.Metrics.ToDictionary(metric => metric.Key, _ => new Interval(1, 1, 1)),
            })],
        };
        var names = new MakerNames(SomeReport.Full);

        Assert.Equal(
            new HitsSection(main, names).Verdict(), new HitsSection(main with { Makers = [.. main.Makers, before] }, names).Verdict());
        Assert.Equal("list before allocators and draws", names.Of(before));
    }

    /// <summary>The small shop has far fewer than a thousand effective pairs.</summary>
    [Fact]
    public void A_stratified_figure_that_rests_on_too_little_is_refused_with_the_reason()
    {
        var rows = Body().Descendants("section").Single(section => section.Attribute("id")!.Value == "stratified")
            .Descendants("tbody").Elements("tr").ToList();

        Assert.All(rows, row => Assert.Matches(
            @"^refused: as good as \d+ pairs; 1,000 and 5\.0 % of all are needed$", row.Elements().Last().Value));
        Assert.All(rows, row => Assert.Equal("–", row.Elements().ElementAt(2).Value));
    }

    /// <summary>The lists before allocators are part of what is measured, however good they are.</summary>
    [Fact]
    public void Lists_before_allocators_have_a_name_and_are_no_yardstick()
    {
        var main = SomeReport.Full.Lists[0];
        var names = new MakerNames(SomeReport.Full);
        var unallocated = main.Makers.Single(maker => maker.Kind == MakerKind.Compared) with { Name = RecipeEvaluation.UnallocatedName };
        var section = new HitsSection(main with { Makers = [main.Makers[0], unallocated, main.Makers[1]] }, names);

        Assert.Equal("list before allocators and draws", names.Of(unallocated));
        Assert.True(unallocated.At[0].Metrics[RankingMetric.Ndcg].Estimate > main.Makers[1].At[0].Metrics[RankingMetric.Ndcg].Estimate);
        Assert.Contains("Against popular, the strongest yardstick ", section.Verdict().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_period_that_cannot_be_measured_says_why() =>
        Assert.Contains(": No event is older than the start of the test period, ", Page, StringComparison.Ordinal);

    [Fact]
    public void The_same_figures_are_written_as_json_beside_the_page()
    {
        var files = new ReportFiles(Path.Combine(_folder, "new", "shop.html"));

        files.Write("shop", SomeReport.Full, SomeViews.At(1));

        Assert.Equal(Page, File.ReadAllText(files.Page));
        var back = JsonSerializer.Deserialize<EvaluationReport>(File.ReadAllText(files.Figures), JsonSerializerOptions.Web)!;
        Assert.Equal(JsonSerializer.Serialize(SomeReport.Full), JsonSerializer.Serialize(back));
        Assert.Equal(["shop.html", "shop.json"], Directory.GetFiles(Path.Combine(_folder, "new")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_report_that_cannot_be_written_says_where_and_what_to_do()
    {
        File.WriteAllText(Path.Combine(_folder, "taken"), "");

        var error = Assert.Throws<ConfigurationException>(() =>
            new ReportFiles(Path.Combine(_folder, "taken", "shop.html")).Write("shop", SomeReport.Full, SomeViews.At(1)));

        Assert.StartsWith($"The report cannot be written to {_folder}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("name one with --report FILE.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The body is well-formed XML, so that a reader of XML finds its way in it.</summary>
    static XElement Body() => XElement.Parse(
        Page[Page.IndexOf("<body>", StringComparison.Ordinal)..Page.IndexOf("</html>", StringComparison.Ordinal)]);

    [GeneratedRegex("""(src|href)\s*=\s*["'](?!#)|url\(|https?://""", RegexOptions.IgnoreCase)]
    private static partial Regex ExternalReference();
}
