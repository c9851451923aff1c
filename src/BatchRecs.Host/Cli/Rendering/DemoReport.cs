using System.Globalization;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What the demo shows: the stages, the measures, some lists with titles, and the SQL that reads them.</summary>
static class DemoReport
{
    const int NarrowestPage = 80;
    const int WidestPage = 100;
    const int Shown = 10;

    /// <summary>Writes the whole report; wider than 100 columns it is no easier to read.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="demo">What to show.</param>
    /// <param name="width">Columns of the page; below 80 a terminal breaks lines.</param>
    public static void Write(TextWriter writer, DemoView demo, int width = TextTable.NoLimit)
    {
        width = Math.Clamp(width, NarrowestPage, WidestPage);
        writer.WriteLine(demo.Title);
        writer.WriteLine();
        StageTable.WriteOutcome(writer, demo.Outcome, width);
        if (demo.Evaluations.Count > 0)
            WriteHeading(writer, "How good the lists are");
        EvaluationTable.WriteAll(writer, demo.Evaluations, width);
        if (demo.Customers.Count > 0)
            WriteHeading(writer, "What some of them would see");
        WriteSeparated(writer, demo.Customers, customer => WriteCustomer(writer, demo, customer, width));
        if (demo.Similar.Count > 0)
            WriteHeading(writer, "Similar items");
        WriteSeparated(writer, demo.Similar, similar => WriteSimilar(writer, similar));
        WriteHeading(writer, "Read the tables yourself");
        foreach (string command in Commands(demo))
            writer.WriteLine(command);
    }

    /// <summary>The shell commands that read the lists with sqlite3; the SQL in them works in any driver.</summary>
    public static IReadOnlyList<string> Commands(DemoView demo)
    {
        string name = demo.Recommender;
        List<string> statements = [];
        if (demo.Customers.Count > 0)
        {
            string user = Literal(demo.Customers[0].UserId);
            statements.Add(Select("rank, item_id, score, source, because_item_id", $"{name}_recommendations where user_id = {user}"));
            if (demo.Words.Again is not null)
                statements.Add(Select("rank, item_id, score", $"{name}_again where user_id = {user}"));
        }
        if (demo.Similar.Count > 0)
        {
            string item = Literal(demo.Similar[0].ItemId);
            statements.Add(Select("rank, similar_item_id, score", $"{name}_similar_items where item_id = {item}"));
        }
        statements.Add(Select("rank, item_id, score", $"{name}_popular where segment = 'all' and kind = 'popular'"));
        return [.. statements.Select(sql => $"sqlite3 -box {ShellWord(demo.DatabasePath)} {ShellWord(sql)}")];
    }

    // Two lines, so that a statement fits the page; a shell takes the line break inside the quotes as it is.
    static string Select(string columns, string from) => $"select {columns}\n  from {from} order by rank limit {Shown}";

    static void WriteCustomer(TextWriter writer, DemoView demo, DemoCustomer customer, int width)
    {
        // What the indent, the rank and the gaps leave is shared by the three texts.
        int text = width - 9;
        int history = text * 5 / 12;
        int title = text * 4 / 13;
        writer.WriteLine($"{demo.Words.User} {customer.UserId}");
        var table = new TextTable(
            new Column(demo.Words.History, MaxWidth: history),
            new Column("#", Align.Right),
            new Column("recommended", MaxWidth: title),
            new Column($"because they {demo.Words.Verb}", MaxWidth: text - history - title));
        var latest = customer.Latest.Take(Shown).ToList();
        var list = customer.Recommendations.Take(Shown).ToList();
        for (int n = 0; n < Math.Max(latest.Count, list.Count); n++)
        {
            string? past = n < latest.Count ? Past(latest[n]) : null;
            var row = n < list.Count ? list[n] : null;
            table.Add(
                past,
                row?.Rank.ToString(CultureInfo.InvariantCulture),
                row is null ? null : Name(row),
                row is null ? null : Because(row));
        }
        table.Write(writer, indent: 1);
        if (demo.Words.Again is not { } heading || customer.Again.Count == 0)
            return;
        var again = customer.Again.Take(3).Select(row => TextTable.Cut(Name(row), 26));
        writer.WriteLine($" {heading}: {string.Join("; ", again)}");
    }

    static void WriteSimilar(TextWriter writer, SimilarListView similar)
    {
        writer.WriteLine(similar.Title ?? similar.ItemId);
        foreach (var row in similar.Items.Take(5))
            writer.WriteLine(FormattableString.Invariant($"  {row.Rank}. {TextTable.Cut(row.Title ?? row.ItemId, 70)} ({row.Score:0.00})"));
    }

    static void WriteSeparated<T>(TextWriter writer, IReadOnlyList<T> parts, Action<T> write)
    {
        for (int n = 0; n < parts.Count; n++)
        {
            if (n > 0)
                writer.WriteLine();
            write(parts[n]);
        }
    }

    static void WriteHeading(TextWriter writer, string heading)
    {
        writer.WriteLine();
        writer.WriteLine(heading);
        writer.WriteLine(new string('=', heading.Length));
    }

    // The heading says "because they bought": a reason of another kind stands in brackets.
    static string Because(RecommendationRow row) =>
        row.BecauseTitle ?? row.BecauseItemId ?? (row.ReasonCode is null ? "" : $"({Words.Reason(row)})");

    static string Name(RecommendationRow row) => row.Title ?? row.ItemId;

    static string Past(HistoryEntry entry) => FormattableString.Invariant($"{entry.Date:yyyy-MM-dd} {entry.Title ?? entry.ItemId}");

    static string Literal(string id) => $"'{id.Replace("'", "''", StringComparison.Ordinal)}'";

    // Inside double quotes a shell still reads four characters: \ " $ `
    static string ShellWord(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-')
            ? text
            : $"\"{string.Concat(text.Select(c => c is '\\' or '"' or '$' or '`' ? $"\\{c}" : $"{c}"))}\"";
}
