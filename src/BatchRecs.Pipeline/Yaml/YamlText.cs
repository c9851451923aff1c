using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Reads the text of a YAML file into its one mapping.</summary>
/// <remarks>
/// Only what a person would write by hand is read: what other readers resolve quietly (duplicate keys, anchors, merge keys, tags)
/// is a problem here, because one of two meanings would be lost without a word.
/// </remarks>
sealed class YamlText
{
    /// <summary>No file needs more; what recurses deeper could only exhaust the stack.</summary>
    const int MaxDepth = 50;

    readonly Parser _parser;
    readonly Problems _problems;
    int _depth;

    YamlText(string text, Problems problems) => (_parser, _problems) = (new Parser(new StringReader(text)), problems);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="problems">Where mistakes are noted, all of them up to the first place that is not YAML.</param>
    /// <returns>The mapping; null, with a problem noted, if the text is not one mapping.</returns>
    public static YamlMap? Parse(string text, Problems problems)
    {
        var reader = new YamlText(text, problems);
        try
        {
            return reader.ReadFile();
        }
        catch (YamlException error)
        {
            problems.Add(LineOfTab(text) ?? (int)error.Start.Line, "", $"not valid YAML: {error.Message.TrimEnd('.')}.");
        }
        catch (InvalidOperationException)
        {
            // The scanner ends like this, without a place, where a list in brackets runs into the next key.
            int line = (int)(reader._parser.Current?.Start.Line ?? 0);
            problems.Add(line, "", "not valid YAML: found no end of what begins here; expected a closing bracket, brace or quote.");
        }
        return null;
    }

    YamlMap? ReadFile()
    {
        _parser.Consume<StreamStart>();
        List<YamlValue> documents = [];
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            documents.Add(ReadValue(""));
            _parser.Consume<DocumentEnd>();
        }
        switch (documents)
        {
            case [YamlMap map]:
                return map;
            case [] or [YamlScalar { IsNothing: true }]:
                _problems.Add(0, "", "found an empty file; expected keys and values.");
                return null;
            case [_]:
                _problems.Add(documents[0].Line, "", "found no keys; expected keys and values, as in 'key: value'.");
                return null;
            default:
                _problems.Add(documents[1].Line, "", $"found {documents.Count} documents, divided by '---'; expected one per file.");
                return null;
        }
    }

    YamlValue ReadValue(string path)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _problems.Add(Line(alias), path, $"found the alias '*{alias.Value}'; expected the value itself: aliases are not read.");
            return new YamlUnreadable(Line(alias));
        }
        if (_parser.Current is not NodeEvent node)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "found a ':' without a key and a value");
        if (++_depth > MaxDepth)
            throw new YamlException(node.Start, node.End, $"found lists or mappings nested more than {MaxDepth} deep");
        RefuseDecorations(node, path);
        var value = ReadNode(path);
        _depth--;
        return value;
    }

    YamlValue ReadNode(string path)
    {
        if (_parser.TryConsume<SequenceStart>(out var list))
            return new YamlList(Line(list), ReadItems(path));
        if (_parser.TryConsume<MappingStart>(out var map))
            return new YamlMap(Line(map), ReadEntries(path));
        var scalar = _parser.Consume<Scalar>();
        bool isNothing = scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new YamlScalar(Line(scalar), scalar.Value, isNothing);
    }

    void RefuseDecorations(NodeEvent node, string path)
    {
        if (!node.Anchor.IsEmpty)
            _problems.Add(Line(node), path, $"found the anchor '&{node.Anchor.Value}'; expected the value alone: anchors are not read.");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
            _problems.Add(Line(node), path, $"found the tag '{node.Tag.Value}'; expected the value alone: tags are not read.");
    }

    List<YamlValue> ReadItems(string path)
    {
        List<YamlValue> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadValue($"{path}[{items.Count}]"));
        return items;
    }

    List<YamlEntry> ReadEntries(string path)
    {
        Dictionary<string, int> lines = [];
        List<YamlEntry> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadValue(path);
            string name = (key as YamlScalar)?.Text ?? "";
            string entryPath = KeyPath.Join(path, name);
            var value = ReadValue(entryPath);
            if (key is YamlScalar && string.IsNullOrWhiteSpace(name))
                _problems.Add(key.Line, path, "found a value without a key; expected 'key: value'.");
            else if (key is YamlList or YamlMap)
                _problems.Add(key.Line, path, "found a list or a mapping as a key; expected a word.");
            else if (!lines.TryAdd(name, key.Line))
                _problems.Add(key.Line, entryPath, $"found a second time; line {lines[name]} has it already. Keep one of them.");
            else if (key is YamlScalar)
                entries.Add(new YamlEntry(name, key.Line, value));
        }
        return entries;
    }

    static int Line(ParsingEvent node) => (int)node.Start.Line;

    /// <summary>Returns the first line that is indented with a tab; the parser reports those at the beginning of the file.</summary>
    static int? LineOfTab(string text)
    {
        int index = Array.FindIndex(text.Split('\n'), line => line.TrimStart(' ').StartsWith('\t'));
        return index < 0 ? null : index + 1;
    }
}
