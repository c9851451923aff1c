using System.Text.RegularExpressions;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>Reads the tables of <c>docs/serving-contract.md</c>.</summary>
static partial class ContractDocument
{
    /// <summary>Gets the text of the page.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(Root(), "docs", "serving-contract.md"));

    /// <summary>Returns what the page says of every object: its columns in order, with their types on both stores.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ContractColumn>> Objects() => Text
        .Split("\n### ")[1..]
        .ToDictionary(section => ObjectName().Match(section).Groups[1].Value, Columns);

    static IReadOnlyList<ContractColumn> Columns(string section) => [.. Row().Matches(section.Split("\n## ")[0])
        .Select(match => new ContractColumn(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))
        .Where(column => column.Name != "column" && !column.Name.StartsWith('-'))];

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "BatchRecs.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not lie below the folder of BatchRecs.sln.");
    }

    [GeneratedRegex("^`([a-z_]+)`")]
    private static partial Regex ObjectName();

    [GeneratedRegex(@"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \| [^|]+? \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

/// <summary>A column as the page has it.</summary>
public sealed record ContractColumn(string Name, string Postgres, string Sqlite);
