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

    /// <summary>
    /// Writes what comes before the first table: roles, schemas that belong to them, and what the writing role must read.
    /// </summary>
    /// <param name="liveRelations">The live relations of the jobs, as these name them.</param>
    public void Begin(IEnumerable<string> liveRelations)
    {
        if (roles is null)
            return;
        foreach (string name in (string[])["roles", "internal_schema", "contract_schema"])
            Add(Rights(name, roles));
        foreach (string relation in liveRelations)
        {
            string[] parts = relation.Split('.');
            if (parts.Length > 1)
                Add(Rights("live_schema", roles, ("schema", Database.QuoteQualified(string.Join('.', parts[..^1])))));
            Add(Rights("live_select", roles, ("relation", Database.QuoteQualified(relation))));
        }
        Add(Rights("become_etl", roles));
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

    Statement Rights(string name, RoleNames names, params (string Token, string Identifier)[] more) => new(
        $"rights/{name}",
        more.Aggregate(
            tokens.With("etl", Database.Quote(names.Etl)).With("reader", Database.Quote(names.Reader)),
            (all, one) => all.With(one.Token, one.Identifier)),
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
