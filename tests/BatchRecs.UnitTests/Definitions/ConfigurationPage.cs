using System.Text.RegularExpressions;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>A row of a table of keys in docs/configuration.md.</summary>
sealed record DocumentedKey(string Key, string Takes, string Default);

/// <summary>Reads docs/configuration.md.</summary>
static partial class ConfigurationPage
{
    /// <summary>Returns the keys that a chapter documents.</summary>
    /// <param name="chapter">Its heading of the second level.</param>
    public static IReadOnlyList<DocumentedKey> KeysOf(string chapter) =>
    [
        .. Chapter(chapter)
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => new DocumentedKey(match.Groups["key"].Value, match.Groups["takes"].Value, match.Groups["default"].Value)),
    ];

    /// <summary>Returns the YAML that a chapter shows.</summary>
    /// <param name="chapter">Its heading of the second level.</param>
    public static string Example(string chapter) =>
        string.Join('\n', Chapter(chapter).SkipWhile(line => line != "```yaml").Skip(1).TakeWhile(line => line != "```"));

    static IEnumerable<string> Chapter(string heading) => File.ReadLines(Path.Combine(ProjectRoot.Path, "docs/configuration.md"))
        .SkipWhile(line => line != $"## {heading}")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \| .* \| (?<takes>.*) \| (?<default>.*?) ?\|$")]
    private static partial Regex Row();
}
