using System.Collections.Concurrent;
using System.Text;

namespace BatchRecs.Store.Sql;

/// <summary>The statements that are built into this assembly: files <c>sql/DIALECT/NAME.sql</c>.</summary>
static class SqlFiles
{
    const string Root = "sql/";
    const string Extension = ".sql";

    static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <summary>Returns the text of a statement.</summary>
    /// <param name="dialect"><c>postgres</c> or <c>sqlite</c>.</param>
    /// <param name="name">Folder and file name without extension, for example <c>ledger/start_run</c>.</param>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static string Read(string dialect, string name) =>
        Texts.GetOrAdd($"{Root}{dialect}/{name}{Extension}", static resource =>
        {
            using var stream = typeof(SqlFiles).Assembly.GetManifestResourceStream(resource)
                ?? throw new ArgumentException($"There is no statement {resource}.", nameof(name));
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        });

    /// <summary>Returns a statement without the comment at its top: drivers recognise a copy by its first word.</summary>
    public static string WithoutComment(string sql)
    {
        while (sql.StartsWith("--", StringComparison.Ordinal))
            sql = sql[(sql.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        return sql;
    }

    /// <summary>Lists the statements of a dialect, or of one folder of it, in ordinal order.</summary>
    public static IReadOnlyList<string> Names(string dialect, string folder = "")
    {
        string prefix = $"{Root}{dialect}/";
        return [.. typeof(SqlFiles).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix + folder, StringComparison.Ordinal))
            .Select(resource => resource[prefix.Length..^Extension.Length])
            .Order(StringComparer.Ordinal)];
    }
}
