using System.Data.Common;
using BatchRecs.Store.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BatchRecs.Store.Extract;

/// <summary>A session with a SQLite warehouse: one read transaction for everything that a run reads.</summary>
sealed class SqliteSession : SourceSession
{
    readonly SqliteConnection _connection;
    readonly SqliteTransaction _transaction;

    SqliteSession(
        SqliteDatabase warehouse, SqliteConnection connection, SqliteTransaction transaction, CancellationTokenRegistration interrupt)
        : base(warehouse, connection, transaction, interrupt) => (_connection, _transaction) = (connection, transaction);

    /// <inheritdoc/>
    internal override bool HasTextTimes => true;

    /// <inheritdoc/>
    internal override string TimeTypes => "text in ISO 8601 or an integer";

    /// <inheritdoc/>
    internal override StringComparer ColumnNames => StringComparer.OrdinalIgnoreCase;

    /// <summary>Opens a session.</summary>
    public static async Task<SourceSession> OpenAsync(SqliteDatabase warehouse, CancellationToken token)
    {
        var connection = (SqliteConnection)await warehouse.OpenAsync(readOnly: true, token);
        return new SqliteSession(
            warehouse, connection, connection.BeginTransaction(deferred: true), warehouse.InterruptOn(connection, token));
    }

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceColumn>> DescribeAsync(
        SourceRelation relation, IReadOnlyList<string>? columns, CancellationToken token)
    {
        var described = new List<SourceColumn>();
        await using (var rows = Run("extract/columns", relation, columns is null ? "q.*" : string.Join(", ", columns.Select(Qualified))))
        {
            for (int n = 0; n < raw.sqlite3_column_count(rows.Statement); n++)
            {
                string declared = raw.sqlite3_column_decltype(rows.Statement, n).utf8_to_string()?.ToLowerInvariant() ?? "";
                string name = columns?[n] ?? raw.sqlite3_column_name(rows.Statement, n).utf8_to_string();
                described.Add(new SourceColumn(name, declared, DeclaredForm(declared)));
            }
        }
        // Where the declared type says nothing about the values, the values do.
        for (int n = 0; n < described.Count; n++)
            if (columns is not null && described[n].Form == ColumnForm.Other)
                described[n] = await LookAtValuesAsync(relation, described[n], token);
        return described;
    }

    /// <inheritdoc/>
    internal override Task<RowReader> ReadRowsAsync(
        SourceRelation relation, IReadOnlyList<SourceColumn?> columns, CancellationToken token) =>
        Task.FromResult<RowReader>(Run("extract/rows", relation, Select(columns)));

    /// <inheritdoc/>
    internal override Task<RowReader> ReadEventsAsync(
        EventSource source, BoundColumns columns, ExtractRequest request, CancellationToken token) =>
        Task.FromResult<RowReader>(Run("extract/events", source.Relation, Select(columns.All)));

    /// <inheritdoc/>
    internal override Task<RowReader> ReadTimesAsync(EventSource source, BoundColumns columns, long now, CancellationToken token) =>
        Task.FromResult<RowReader>(Run("extract/times", source.Relation, Select([columns.Time])));

    /// <inheritdoc/>
    internal override async Task<long> EstimateRowsAsync(SourceRelation relation, CancellationToken token)
    {
        await using var command = new SqliteCommand(
            Statement("extract/estimate", ("source", relation.FromClause)), _connection, _transaction);
        return (long)(await command.ExecuteScalarAsync(token))!;
    }

    /// <inheritdoc/>
    internal override async Task<(long Rows, long Users, long Items)> CountAsync(EventSource source, CancellationToken token)
    {
        string sql = Statement(
            "extract/counts",
            ("user", Database.Quote(source.User)),
            ("item", Database.Quote(source.Item)),
            ("source", source.Relation.FromClause));
        await using var command = new SqliteCommand(sql, _connection, _transaction);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    /// <inheritdoc/>
    internal override bool IsInterrupt(DbException error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT };

    /// <inheritdoc/>
    internal override SourceProblem? Explain(DbException error, string label)
    {
        if (error is not SqliteException { SqliteErrorCode: raw.SQLITE_ERROR or raw.SQLITE_READONLY })
            return null;
        // SQLite has one code for all of these; its texts are fixed.
        return Text(error) switch
        {
            var text when text.Contains("no such table", StringComparison.Ordinal) => SourceProblem.NoRelation(label, text),
            var text when text.Contains("unknown database", StringComparison.Ordinal) => SourceProblem.NoRelation(label, text),
            var text when text.Contains("no such column", StringComparison.Ordinal) => SourceProblem.NoColumn(label, text),
            var text when text.Contains("ambiguous column", StringComparison.Ordinal) => SourceProblem.TwoColumns(label, text),
            var text when text.Contains("readonly", StringComparison.Ordinal) => SourceProblem.Writes(label, text),
            var text when text.Contains("overflow", StringComparison.Ordinal) || text.Contains("malformed", StringComparison.Ordinal)
                => SourceProblem.Fails(label, text),
            var text => SourceProblem.BadSql(label, text),
        };
    }

    /// <summary>Takes SQLite's own words out of what the driver makes of them: <c>SQLite Error 1: 'no such table: x'.</c></summary>
    static string Text(DbException error)
    {
        string text = error.Message;
        int quote = text.IndexOf('\'', StringComparison.Ordinal);
        return quote >= 0 && text.EndsWith("'.", StringComparison.Ordinal) ? text[(quote + 1)..^2] : text;
    }

    /// <summary>Names a column; without the relation's name SQLite would take a misspelt column for a text.</summary>
    static string Qualified(string column) => $"q.{Database.Quote(column)}";

    static string Select(IEnumerable<SourceColumn?> columns) =>
        string.Join(", ", columns.Select(column => column is null ? "null" : Qualified(column.Name)));

    static ColumnForm DeclaredForm(string declared)
    {
        bool Says(string word) => declared.Contains(word, StringComparison.OrdinalIgnoreCase);
        if (Says("uuid") || Says("guid") || Says("uniqueidentifier"))
            return ColumnForm.Uuid;
        if (Says("int"))
            return ColumnForm.Int64;
        if (Says("char") || Says("clob") || Says("text"))
            return ColumnForm.Text;
        return Says("real") || Says("floa") || Says("doub") ? ColumnForm.Real : ColumnForm.Other;
    }

    async Task<SourceColumn> LookAtValuesAsync(SourceRelation relation, SourceColumn column, CancellationToken token)
    {
        long integers = 0, reals = 0, texts = 0, bytes = 0;
        await using var rows = Run("extract/columns", relation, Qualified(column.Name));
        while (await rows.NextAsync(token))
            switch (rows.Class(0))
            {
                case FieldClass.Integer:
                    integers++;
                    break;
                case FieldClass.Real:
                    reals++;
                    break;
                case FieldClass.Text:
                    texts++;
                    break;
                case FieldClass.Bytes:
                    bytes++;
                    break;
            }
        // The most frequent class, so that the order of rows does not matter; a column of nulls may be anything.
        long most = Math.Max(Math.Max(integers, reals), Math.Max(texts, bytes));
        var (form, word) = most switch
        {
            _ when most == texts => (ColumnForm.Text, "text"),
            _ when most == integers => (ColumnForm.Int64, "integer"),
            _ when most == reals => (ColumnForm.Real, "real"),
            _ => (ColumnForm.Other, "blob"),
        };
        return column with { Form = form, TypeName = column.TypeName.Length == 0 ? word : $"{column.TypeName} ({word} values)" };
    }

    SqliteRowReader Run(string statement, SourceRelation relation, string columns)
    {
        string sql = Statement(statement, ("columns", columns), ("source", relation.FromClause));
        var command = new SqliteCommand(sql, _connection, _transaction);
        try
        {
            return new SqliteRowReader(command);
        }
        catch (SqliteException)
        {
            command.Dispose();
            throw;
        }
    }
}
