using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Migrations;

/// <summary>Writes statements one after another as text, with literals in place of parameters.</summary>
/// <param name="dialect">Folder of the statements.</param>
/// <param name="tokens">The names of the store's fixed objects.</param>
/// <param name="roles">The roles to create and to grant to; null where there are none.</param>
sealed partial class MigrationScript(string dialect, Tokens tokens, RoleNames? roles)
{
    readonly StringBuilder _text = new();

    /// <summary>Writes what comes before the first table: roles, and schemas that belong to them.</summary>
    public void Begin()
    {
        if (roles is null)
            return;
        foreach (string name in (string[])["roles", "internal_schema", "contract_schema", "become_etl"])
            Add(Rights(name, roles));
    }

    /// <summary>Writes a statement.</summary>
    public void Add(Statement statement)
    {
        var arguments = statement.Arguments?.GetType().GetProperties()
            .ToDictionary(property => property.Name, property => property.GetValue(statement.Arguments)) ?? [];
        string sql = Parameter().Replace(statement.Text(dialect), match => Literal(arguments[match.Groups[1].Value]));
        _text.Append(sql.TrimEnd('\n', ';')).Append(";\n\n");
    }

    /// <summary>Writes the grants and returns the script.</summary>
    public string End()
    {
        if (roles is not null)
            foreach (string name in (string[])["reader_usage", "reader_select", "reader_default", "reset_role"])
                Add(Rights(name, roles));
        return _text.ToString();
    }

    Statement Rights(string name, RoleNames names) => new(
        $"rights/{name}",
        tokens.With("etl", Database.Quote(names.Etl)).With("reader", Database.Quote(names.Reader)),
        new { etl = names.Etl, reader = names.Reader });

    static string Literal(object? value) => value switch
    {
        null => "null",
        string text => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'',
        DateTimeOffset moment => ((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond)
            .ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of type {value.GetType()} has no literal.", nameof(value)),
    };

    [GeneratedRegex("@([a-zA-Z]+)")]
    private static partial Regex Parameter();
}
