using System.Text.RegularExpressions;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Extract;

/// <summary>The statements under <c>sql/DIALECT/extract</c> and <c>sql/DIALECT/import</c>, with their tokens filled in.</summary>
/// <remarks>
/// <c>{source}</c> becomes a relation, the other tokens quoted columns with the cast that reading needs, or time literals. Tokens are
/// replaced in one pass, so what looks like a token inside the user's own SQL stays as it is.
/// </remarks>
static partial class SourceSql
{
    /// <summary>Returns a statement.</summary>
    /// <param name="dialect">Folder of the dialect.</param>
    /// <param name="name">Folder and file name without extension: <c>extract/events</c>.</param>
    /// <param name="tokens">Replacement of every token in the file.</param>
    public static string Get(string dialect, string name, params ReadOnlySpan<(string Token, string Sql)> tokens)
    {
        var replacements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (token, sql) in tokens)
            replacements.Add(token, sql);
        return Token().Replace(SqlFiles.WithoutComment(SqlFiles.Read(dialect, name)), match => replacements[match.Groups[1].Value]);
    }

    [GeneratedRegex("""\{([a-z_]+)\}""")]
    private static partial Regex Token();
}
