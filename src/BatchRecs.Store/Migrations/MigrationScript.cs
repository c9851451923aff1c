using System.Text;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Migrations;

/// <summary>Writes statements one after another as text, with literals in place of parameters.</summary>
/// <remarks>On PostgreSQL the script may be run again, also over an older installation: what is there already stays as it is.</remarks>
/// <param name="dialect">Folder of the statements.</param>
/// <param name="tokens">The names of the store's fixed objects.</param>
sealed class MigrationScript(string dialect, Tokens tokens)
{
    readonly StringBuilder _text = new();

    /// <summary>Writes a statement.</summary>
    public void Add(Statement statement) => _text.Append(Terminated(InlineSql.Of(statement, dialect))).Append("\n\n");

    /// <summary>
    /// Writes a migration and its entry in the journal; where the dialect has blocks, in one that the journal can make idle.
    /// </summary>
    public void Add(MigrationFile migration, DateTimeOffset at)
    {
        Statement[] statements = [new(migration.Statement, tokens), migration.Record(tokens, at)];
        if (dialect != "postgres")
        {
            foreach (var statement in statements)
                Add(statement);
            return;
        }
        string text = string.Join('\n', statements.Select(statement => Terminated(InlineSql.Of(statement, dialect))));
        Add(new Statement("journal/apply", tokens.With("statements", text), new { version = migration.Version }));
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    static string Terminated(string sql) => sql.TrimEnd('\n', ';') + ";";
}
