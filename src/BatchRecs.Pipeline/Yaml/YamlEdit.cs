using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Changes single values in the text of a YAML file; comments, order and spaces of everything else stay.</summary>
/// <remarks>For files that <see cref="YamlText"/> has read without a problem: no anchors, no tags, one document.</remarks>
static partial class YamlEdit
{
    /// <summary>Tells whether a text has a key.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="path">The keys on the way, from the top.</param>
    public static bool Has(string text, params IReadOnlyList<string> path)
    {
        Node? node = Read(text);
        foreach (string key in path)
            node = node?.Entries?.FirstOrDefault(entry => entry.Key == key)?.Value;
        return node is not null;
    }

    /// <summary>Gives a key another value; where the text does not have the key, adds it with all keys above it.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="value">The value as it is to stand there: a scalar, or a mapping in braces.</param>
    /// <param name="path">The keys on the way, from the top.</param>
    /// <returns>The changed text.</returns>
    public static string Set(string text, string value, params IReadOnlyList<string> path)
    {
        var map = Read(text);
        for (int n = 0; ; n++)
        {
            string rest = Nested([.. path.Skip(n + 1)], value);
            if (map.Entries!.FirstOrDefault(entry => entry.Key == path[n]) is not { } found)
                return Added(text, map, $"{Quoted(path[n])}: {rest}", isRoot: n == 0);
            if (found.Value.Entries is null || n == path.Count - 1)
                return Replaced(text, found, rest);
            map = found.Value;
        }
    }

    static string Nested(ReadOnlySpan<string> path, string value) =>
        path.Length == 0 ? value : $"{{ {Quoted(path[0])}: {Nested(path[1..], value)} }}";

    static string Replaced(string text, Entry entry, string value) => entry.Value.IsNothing
        // Nothing stands there, so nothing says where; behind the colon is always right.
        ? text.Insert(text.IndexOf(':', entry.KeyEnd) + 1, $" {value}")
        : string.Concat(text.AsSpan(0, entry.Value.Start), value, text.AsSpan(entry.Value.End));

    static string Added(string text, Node map, string entry, bool isRoot)
    {
        if (map.IsFlow)
            return text.Insert(map.Start + 1, map.Entries!.Count == 0 ? $" {entry} " : $" {entry},");
        var first = map.Entries![0];
        return isRoot && first.Column == 1
            ? $"{text.TrimEnd()}\n\n{entry}\n"
            : text.Insert(first.KeyStart, $"{entry}\n{new string(' ', first.Column - 1)}");
    }

    /// <summary>Writes a key as files have it.</summary>
    public static string Quoted(string key) => PlainKey().IsMatch(key) ? key : $"\"{key.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    static Node Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return ReadNode(parser);
    }

    static Node ReadNode(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out var map))
        {
            var entries = new List<Entry>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                entries.Add(new Entry(key.Value, (int)key.Start.Index, (int)key.End.Index, (int)key.Start.Column, ReadNode(parser)));
            }
            return new Node((int)map.Start.Index, (int)map.End.Index, map.Style == MappingStyle.Flow, false, entries);
        }
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            while (!parser.TryConsume<SequenceEnd>(out _))
                ReadNode(parser);
            return new Node((int)list.Start.Index, (int)list.End.Index, true, false, null);
        }
        var scalar = parser.Consume<Scalar>();
        bool isEmpty = scalar.Style == ScalarStyle.Plain && scalar.Value.Length == 0;
        return new Node((int)scalar.Start.Index, (int)scalar.End.Index, true, isEmpty, null);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex PlainKey();

    /// <summary>A value and where it stands; entries only of a mapping.</summary>
    sealed record Node(int Start, int End, bool IsFlow, bool IsNothing, List<Entry>? Entries);

    sealed record Entry(string Key, int KeyStart, int KeyEnd, int Column, Node Value);
}
