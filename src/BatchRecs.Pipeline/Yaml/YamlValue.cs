namespace BatchRecs.Pipeline.Yaml;

/// <summary>A value in a YAML file: a scalar, a list or a mapping.</summary>
/// <param name="Line">Where it begins, from 1.</param>
abstract record YamlValue(int Line);

/// <summary>A number, a word, a text.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Text">The text, without quotes.</param>
/// <param name="IsNothing">Whether the file has nothing here, or YAML's words for it: <c>null</c> and <c>~</c>.</param>
sealed record YamlScalar(int Line, string Text, bool IsNothing) : YamlValue(Line);

/// <summary>A list.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Items">Its entries, in the order of the file.</param>
sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line);

/// <summary>Keys and values; no key is there twice.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Entries">Its entries, in the order of the file.</param>
sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line)
{
    /// <summary>Returns the entry of a key; null if there is none.</summary>
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>Something that was already noted as a problem.</summary>
/// <param name="Line">Where it begins, from 1.</param>
sealed record YamlUnreadable(int Line) : YamlValue(Line);

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Line">The line of the key, from 1.</param>
/// <param name="Value">The value.</param>
sealed record YamlEntry(string Key, int Line, YamlValue Value);
