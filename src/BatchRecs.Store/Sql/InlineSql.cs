using System.Globalization;
using System.Text.RegularExpressions;

namespace BatchRecs.Store.Sql;

/// <summary>Statements as text that stands alone: with literals in place of parameters.</summary>
/// <remarks>
/// For scripts that a person runs, and for what the server takes without parameters only. Tokens and parameters are replaced in one
/// pass, so a name that looks like either stays what it is. Inside a dollar-quoted block only literals are safe, never tokens of the
/// user's names: a literal has no dollar sign, with which such a name would end the block.
/// </remarks>
static partial class InlineSql
{
    /// <summary>Returns the text of a statement.</summary>
    /// <param name="statement">The statement; every parameter in its text is a property of its arguments.</param>
    /// <param name="dialect"><c>postgres</c> or <c>sqlite</c>.</param>
    public static string Of(Statement statement, string dialect)
    {
        var arguments = statement.Arguments?.GetType().GetProperties()
            .ToDictionary(property => property.Name, property => property.GetValue(statement.Arguments)) ?? [];
        return Placeholder().Replace(SqlFiles.Read(dialect, statement.Name), match => match.Groups["token"] is { Success: true } token
            ? statement.Tokens.Expand($"{{{token.Value}}}")
            : Literal(arguments[match.Groups["parameter"].Value], dialect));
    }

    static string Literal(object? value, string dialect) => value switch
    {
        null => "null",
        string text when dialect == "postgres" && text.Contains('$') => "E'" + text
            .Replace("'", "''", StringComparison.Ordinal)
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("$", @"\x24", StringComparison.Ordinal) + '\'',
        string text => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'',
        DateTimeOffset moment => ((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond)
            .ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of type {value.GetType()} has no literal.", nameof(value)),
    };

    [GeneratedRegex(@"\{(?<token>[a-zA-Z]+)\}|@(?<parameter>[a-zA-Z]+)")]
    private static partial Regex Placeholder();
}
