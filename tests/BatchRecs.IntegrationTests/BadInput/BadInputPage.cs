using System.Text;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.BadInput;

/// <summary>The part of <c>docs/operations.md</c> that is made of the results: which input ends how, with which message.</summary>
static class BadInputPage
{
    const string Begin = "<!-- bad input: begin; made by the tests, BATCHRECS_ACCEPT=1 rewrites it -->\n";
    const string End = "<!-- bad input: end -->";

    /// <summary>Compares the page with the results; where the environment has <c>BATCHRECS_ACCEPT=1</c>, rewrites it instead.</summary>
    public static void Check(BadInputMatrix matrix)
    {
        string path = Path.Combine(Root(), "docs", "operations.md");
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end >= begin, $"{path} lacks the lines '{Begin.Trim()}' and '{End}'.");

        string expected = Table(matrix);
        if (Environment.GetEnvironmentVariable("BATCHRECS_ACCEPT") == "1")
            File.WriteAllText(path, page[..begin] + expected + page[end..]);
        else if (page[begin..end] != expected)
        {
            string beside = Path.Combine(AppContext.BaseDirectory, "bad-input.md");
            File.WriteAllText(beside, expected);
            Assert.Fail(
                $"docs/operations.md shows other messages than runs write. They are in {beside}; read them as an operator would, "
                + "then run this test with BATCHRECS_ACCEPT=1 in the environment to take them over.");
        }
    }

    static string Table(BadInputMatrix matrix)
    {
        var text = new StringBuilder();
        foreach (var (group, cases) in BadInputMatrix.Groups)
        {
            text.Append($"\n### {group}\n\n| what is there | store | exit code | what the run says |\n|---|---|---|---|\n");
            foreach (var input in cases)
                foreach (var (store, result) in ByStore(matrix, input.Name))
                    text.Append($"| {Escaped(input.Name)} | {store} | {result.ExitCode} | {Escaped(result.Message)} |\n");
        }
        return text.Append('\n').ToString();
    }

    static IEnumerable<(string Store, BadInputResult Result)> ByStore(BadInputMatrix matrix, string name)
    {
        bool onPostgres = matrix.Results.TryGetValue((name, StoreProvider.Postgres), out var postgres);
        bool onSqlite = matrix.Results.TryGetValue((name, StoreProvider.Sqlite), out var sqlite);
        if (onPostgres && onSqlite && postgres!.ExitCode == sqlite!.ExitCode && postgres.Message == sqlite.Message)
        {
            yield return ("both", postgres);
            yield break;
        }
        if (onPostgres)
            yield return ("PostgreSQL", postgres!);
        if (onSqlite)
            yield return ("SQLite", sqlite!);
    }

    static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .ReplaceLineEndings("<br>");

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "BatchRecs.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not lie below the folder of BatchRecs.sln.");
    }
}
