namespace BatchRecs.Pipeline.Yaml;

/// <summary>Notes what keys say together, at the line where the key stands.</summary>
/// <param name="problems">Where mistakes are noted.</param>
/// <param name="root">The file.</param>
sealed class KeyProblems(Problems problems, YamlMap root)
{
    /// <summary>Notes a problem of a key; where the file does not have the key, at the nearest one above it.</summary>
    /// <param name="key">Full path of the key.</param>
    /// <param name="message">What was found and what was expected.</param>
    public void Add(string key, string message) => problems.Add(KeyPath.LineOf(root, key), key, message);

    /// <summary>Tells whether the file has a key, or leaves it to its default.</summary>
    /// <param name="key">Full path of the key.</param>
    public bool IsWritten(string key) => KeyPath.IsWritten(root, key);
}
