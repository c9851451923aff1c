using System.Globalization;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Full paths of keys, as messages show them: <c>sources[0].columns.user</c>.</summary>
static class KeyPath
{
    /// <summary>Returns the path of a key inside a mapping.</summary>
    /// <param name="path">Path of the mapping; empty for the file.</param>
    /// <param name="key">The key.</param>
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>Returns the line of the key with a path, or of the nearest one above it that the file has; 0 if there is none.</summary>
    /// <param name="root">The file.</param>
    /// <param name="path">The path.</param>
    public static int LineOf(YamlMap root, string path) => Walk(root, path).Line;

    /// <summary>Tells whether a file has a key.</summary>
    /// <param name="root">The file.</param>
    /// <param name="path">The path of the key.</param>
    public static bool IsWritten(YamlMap root, string path) => Walk(root, path).Found;

    static (int Line, bool Found) Walk(YamlMap root, string path)
    {
        YamlValue? value = root;
        int line = 0;
        foreach (string step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            (value, int next) = value switch
            {
                YamlMap map when map.Find(step) is { } entry => (entry.Value, entry.Line),
                YamlList list when step is ['[', .. var index, ']'] => Entry(list, int.Parse(index, CultureInfo.InvariantCulture)),
                _ => (null, 0),
            };
            if (value is null)
                return (line, false);
            line = next;
        }
        return (line, true);
    }

    static (YamlValue? Value, int Line) Entry(YamlList list, int index) =>
        index < list.Items.Count ? (list.Items[index], list.Items[index].Line) : (null, 0);
}
