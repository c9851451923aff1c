using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Reports;

/// <summary>An evaluation as one page that needs nothing but itself.</summary>
/// <param name="recommender">The recommender.</param>
/// <param name="report">What was measured.</param>
/// <param name="madeAt">When.</param>
sealed class EvaluationPage(string recommender, EvaluationReport report, DateTimeOffset madeAt)
{
    readonly MakerNames _names = new(report);
    readonly ListEvaluation _main = report.Lists[0];

    /// <summary>Returns the page.</summary>
    public string ToHtml()
    {
        Section[] sections = [.. Sections()];
        var hits = new HitsSection(_main, _names);
        return Html.Of(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Evaluation of {recommender}</title>
            <style>{new Html(ReportStyle.Css)}</style></head>
            <body><main>
            <h1>Evaluation of {recommender}</h1>
            <p class="soft">Everything was learnt from events before {Time(report.TestFrom)} and measured on what
            {Numbers.Quantity(_main.MeasuredUsers, "users")} took from then until {Time(report.TestUntil)}.
            Made {Numbers.Time(madeAt)}.</p>
            {hits.Verdict()}
            {report.NotCompared.Select(one => Html.Of($"""<p class="verdict">Not compared: {one.Name}. {one.Reason}</p>"""))}
            <nav aria-label="Sections"><ul>{sections.Select(one => Html.Of($"""<li><a href="#{one.Id}">{one.Title}</a></li>"""))}</ul></nav>
            {sections.Select(one => Html.Of($"""<section id="{one.Id}"><h2>{one.Title}</h2>{one.Body}</section>"""))}
            </main></body></html>

            """).Markup;
    }

    IEnumerable<Section> Sections()
    {
        foreach (var list in report.Lists)
            yield return new Section(list.List, Title(list.List), Html.Of(
                $"""<p>{Explanation(list.List)}</p>{new HitsSection(list, _names).ToHtml()}"""));
        yield return new Section("parts", "Who is served well", Html.Of(
            $"""
            <p>The same lists, measured on parts of the users or of the test items. The best and the worst part are picked after looking,
            so among several parts some gap is always there; an interval far from 0 is a real one.</p>
            {new BucketSection(_main, _names).ToHtml()}
            """));
        yield return new Section("catalogue", "What the lists show", new CatalogueSection(_main, _names).ToHtml());
        yield return Stratified();
        if (report.Windows.Count > 0)
            yield return new Section("windows", "Test periods", Windows());
        yield return new Section("newcomers", "New users and new items", Newcomers());
        yield return new Section("method", "How it was measured", new MethodSection(_main, report).ToHtml());
    }

    Section Stratified()
    {
        var section = new StratifiedSection(_main, _names);
        return new Section("stratified", "With well-known items counted less", Html.Of(
            $"""
            <p>A hit on an item weighs more the fewer users the item had, by a power of its popularity. Exposure was not logged, so no
            exponent is the right one and none of these figures is free of bias: they show how much of a result rests on well-known items.
            {section.SingleItemUsers} of the users have one test item, whose own weight cancels out in a figure per user.</p>
            {section.ToHtml()}
            """));
    }

    /// <summary>What was picked for the newest period names nothing here: it is picked anew for each.</summary>
    Html Windows()
    {
        var names = new MakerNames(report with { Tuned = new Dictionary<string, double>() });
        return new WindowSection(_main, report.Windows, names).ToHtml();
    }

    /// <summary>Those whom training does not know.</summary>
    Html Newcomers()
    {
        var counts = _main.Counts;
        var items = new DataTable(
            "New items",
            ["what", "number"],
            [
                ["items that were taken for the first time", Numbers.Count(counts.ColdItems)],
                ["test pairs with such an item", Numbers.Count(counts.ColdItemPairs)],
                ["of all test pairs", Numbers.Percent(counts.TestPairs == 0 ? 0 : (double)counts.ColdItemPairs / counts.TestPairs)],
            ]);
        var users = report.ColdUsers is { } cold
            ? Html.Of(
                $"""
                <p>{Numbers.Quantity(counts.ColdUsers, "users")} came without any event before;
                {Numbers.Count(cold.Counts.EvaluatedUsers)} of them took a known item. They get the popular list.</p>
                {new HitsSection(cold, _names).ToHtml()}
                """)
            : Html.Of($"<p>{Numbers.Quantity(counts.ColdUsers, "users")} came without any event before: too few to measure.</p>");
        return Html.Of(
            $"""
            <h3>Users without events</h3>{users}
            <h3>Items without events</h3><p>No list holds an item before its first event, so its recall is 0.</p>{items.ToHtml()}
            """);
    }

    static string Title(string list) => list switch
    {
        EvaluationReport.MainList => "Main list",
        EvaluationReport.RepeatsList => "Main list, repeats counted",
        EvaluationReport.AgainList => "Buy-again list",
        _ => list,
    };

    static string Explanation(string list) => list == EvaluationReport.MainList
        ? "A hit is an item that the user took in the test period and had not before, or that the list would not leave out as seen."
        : "Here items count too that a user had before.";

    static string Time(long micros) => Numbers.Time(Micros.ToTime(micros));

    sealed record Section(string Id, string Title, Html Body);
}
