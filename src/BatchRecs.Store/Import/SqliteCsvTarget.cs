using System.Data.Common;
using BatchRecs.Store.Extract;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BatchRecs.Store.Import;

/// <summary>A new SQLite table, filled by one prepared insert inside one transaction.</summary>
/// <remarks>Bytes are bound as they come from the file; SQLite turns them into numbers where the column is declared so.</remarks>
sealed class SqliteCsvTarget : CsvTarget
{
    const string Dialect = "sqlite";

    readonly sqlite3 _connection;
    readonly sqlite3_stmt _insert;
    readonly int _columnCount;

    SqliteCsvTarget(sqlite3 connection, sqlite3_stmt insert, int columnCount) =>
        (_connection, _insert, _columnCount) = (connection, insert, columnCount);

    /// <summary>Makes the table.</summary>
    public static async Task<CsvTarget> BeginAsync(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<CsvColumn> columns, CancellationToken token)
    {
        string quoted = SourceRelation.Table(table).FromClause;
        string definitions = string.Join(", ", columns.Select(column => $"{Database.Quote(column.Name)} {TypeName(column.Type)}"));
        await CreateTableAsync(Dialect, connection, transaction, quoted, definitions, token);

        var handle = ((SqliteConnection)connection).Handle!;
        string sql = SourceSql.Get(
            Dialect,
            "import/insert",
            ("table", quoted),
            ("columns", string.Join(", ", columns.Select(column => Database.Quote(column.Name)))),
            ("values", string.Join(", ", columns.Select(_ => "?"))));
        Check(handle, raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt insert), raw.SQLITE_OK);
        return new SqliteCsvTarget(handle, insert, columns.Count);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(CsvReader row, CancellationToken token)
    {
        for (int n = 0; n < _columnCount; n++)
        {
            int bound = row.IsNull(n) ? raw.sqlite3_bind_null(_insert, n + 1) : raw.sqlite3_bind_text(_insert, n + 1, row[n]);
            Check(_connection, bound, raw.SQLITE_OK);
        }
        Check(_connection, raw.sqlite3_step(_insert), raw.SQLITE_DONE);
        Check(_connection, raw.sqlite3_reset(_insert), raw.SQLITE_OK);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(CancellationToken token) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _insert.Dispose();
        return ValueTask.CompletedTask;
    }

    static string TypeName(CsvColumnType type) => type switch
    {
        CsvColumnType.Integer => "integer",
        CsvColumnType.Real => "real",
        CsvColumnType.Uuid => "uuid",
        _ => "text",
    };

    static void Check(sqlite3 connection, int found, int expected)
    {
        if (found != expected)
            throw new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), found);
    }
}
