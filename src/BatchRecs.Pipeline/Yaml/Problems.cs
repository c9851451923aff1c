using BatchRecs.Core.Errors;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Collects everything that is wrong with a file, so that a person mends it in one go.</summary>
/// <param name="file">Path of the file as people write it.</param>
sealed class Problems(string file)
{
    readonly List<(int Line, string Text)> _found = [];

    /// <summary>Notes a problem.</summary>
    /// <param name="line">Line, from 1; 0 = the whole file.</param>
    /// <param name="key">Full path of the key (<c>sources[0].columns.user</c>); empty = the whole file.</param>
    /// <param name="message">What was found and what was expected.</param>
    public void Add(int line, string key, string message) =>
        _found.Add((line, $"{file}{(line > 0 ? $":{line}" : "")}: {(key.Length > 0 ? $"{key}: " : "")}{message}"));

    /// <summary>Ends the reading if anything is wrong.</summary>
    /// <exception cref="ConfigurationException">With every problem on a line of its own, in the order of the file.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count == 0)
            return;
        var lines = _found.OrderBy(found => found.Line).Select(found => found.Text);
        throw new ConfigurationException(string.Join(Environment.NewLine, lines));
    }
}
