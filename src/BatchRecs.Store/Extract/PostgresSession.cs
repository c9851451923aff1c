using System.Data;
using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchRecs.Store.Postgres;
using Npgsql;

namespace BatchRecs.Store.Extract;

/// <summary>A session with a PostgreSQL warehouse: one repeatable-read snapshot for everything that a run reads.</summary>
sealed partial class PostgresSession : SourceSession
{
    const string Savepoint = "batchrecs_look";

    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;

    PostgresSession(PostgresDatabase warehouse, NpgsqlConnection connection, NpgsqlTransaction transaction)
        : base(warehouse, connection, transaction) =>
        (_connection, _transaction) = (connection, transaction);

    /// <inheritdoc/>
    internal override bool HasTextTimes => false;

    /// <inheritdoc/>
    internal override string TimeTypes => "timestamptz, timestamp, date or an integer";

    /// <inheritdoc/>
    internal override StringComparer ColumnNames => StringComparer.Ordinal;

    /// <summary>Opens a session.</summary>
    public static async Task<SourceSession> OpenAsync(PostgresDatabase warehouse, CancellationToken token)
    {
        var connection = (NpgsqlConnection)await warehouse.OpenAsync(readOnly: true, token);
        return new PostgresSession(warehouse, connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token));
    }

    /// <inheritdoc/>
    internal override Task<IReadOnlyList<SourceColumn>> DescribeAsync(
        SourceRelation relation, IReadOnlyList<string>? columns, CancellationToken token)
    {
        string list = columns is null ? "q.*" : string.Join(", ", columns.Select(PostgresColumns.Qualified));
        string sql = Statement("extract/columns", ("columns", list), ("source", relation.FromClause));
        return LookAsync<IReadOnlyList<SourceColumn>>(sql, CommandBehavior.SchemaOnly, (reader, _) =>
        {
            var described = Enumerable.Range(0, reader.FieldCount)
                .Select(n => new SourceColumn(
                    reader.GetName(n), PostgresColumns.TypeName(reader, n), PostgresColumns.Form(reader.GetPostgresType(n))));
            return Task.FromResult<IReadOnlyList<SourceColumn>>([.. described]);
        }, token);
    }

    /// <inheritdoc/>
    internal override Task<RowReader> ReadRowsAsync(
        SourceRelation relation, IReadOnlyList<SourceColumn?> columns, CancellationToken token) =>
        CopyAsync(
            Statement("extract/rows", ("columns", PostgresColumns.Select(columns)), ("source", relation.FromClause)),
            columns,
            token);

    /// <inheritdoc/>
    internal override Task<RowReader> ReadEventsAsync(
        EventSource source, BoundColumns columns, ExtractRequest request, CancellationToken token)
    {
        var bounds = new PostgresTimeBounds(columns.Time.Form, source.IntegerTime);
        string sql = Statement(
            "extract/events",
            ("columns", PostgresColumns.Select(columns.All)),
            ("source", source.Relation.FromClause),
            ("time", Database.Quote(columns.Time.Name)),
            ("from_time", bounds.AtOrBefore(request.From)),
            ("as_of", bounds.AtOrAfter(request.AsOf)),
            ("epoch", bounds.AtOrAfter(0)),
            ("now", bounds.AtOrBefore(request.Now)));
        return CopyAsync(sql, columns.All, token);
    }

    /// <inheritdoc/>
    internal override Task<RowReader> ReadChangesAsync(
        EventSource source, BoundColumns columns, ExtractRequest request, StoredRegion stored, CancellationToken token)
    {
        if (columns.Changes is not { } changes)
            return ReadEventsAsync(source, columns, request.Since(stored.Cut), token);
        var bounds = new PostgresTimeBounds(columns.Time.Form, source.IntegerTime);
        string sql = Statement(
            "extract/changes",
            ("columns", PostgresColumns.Select(columns.All)),
            ("source", source.Relation.FromClause),
            ("watermark", Database.Quote(changes.Watermark.Name)),
            ("cut", WatermarkBounds(source, changes.Watermark).AtOrBefore(stored.Cut)),
            ("time", Database.Quote(columns.Time.Name)),
            ("until", bounds.AtOrBefore(stored.Until)),
            ("epoch", bounds.AtOrAfter(0)));
        return CopyAsync(sql, columns.All, token);
    }

    /// <inheritdoc/>
    internal override async Task<long?> CountStoredAsync(
        EventSource source, BoundColumns columns, StoredRegion stored, CancellationToken token)
    {
        var watermark = columns.Changes?.Watermark ?? columns.Time;
        var bounds = new PostgresTimeBounds(columns.Time.Form, source.IntegerTime, source.TimeZone);
        string sql = Statement(
            "extract/count_stored",
            ("source", source.Relation.FromClause),
            ("time", Database.Quote(columns.Time.Name)),
            ("after", bounds.At(stored.After)),
            ("until", bounds.At(stored.Until)),
            ("watermark", Database.Quote(watermark.Name)),
            ("cut", WatermarkBounds(source, watermark).At(stored.Cut)));
        return await LookAsync(sql, CommandBehavior.Default, async (reader, cancel) =>
        {
            await reader.ReadAsync(cancel);
            return reader.GetInt64(0);
        }, token);
    }

    /// <inheritdoc/>
    internal override Task<RowReader> ReadDeletedAsync(EventSource source, ChangeColumns columns, long cut, CancellationToken token)
    {
        string sql = Statement(
            "extract/deleted",
            ("columns", PostgresColumns.Select([columns.Key, columns.Watermark])),
            ("source", source.Changes!.Deleted!.Relation.FromClause),
            ("watermark", Database.Quote(columns.Watermark.Name)),
            ("cut", WatermarkBounds(source, columns.Watermark).AtOrBefore(cut)));
        return CopyAsync(sql, [columns.Key, columns.Watermark], token);
    }

    /// <inheritdoc/>
    internal override Task<RowReader> ReadTimesAsync(EventSource source, BoundColumns columns, long now, CancellationToken token)
    {
        var bounds = new PostgresTimeBounds(columns.Time.Form, source.IntegerTime);
        var (time, relation, select) = (
            ("time", Database.Quote(columns.Time.Name)),
            ("source", source.Relation.FromClause),
            ("columns", PostgresColumns.Select([columns.Time])));
        string sql = columns.Time.Form == ColumnForm.Local
            ? Statement(
                "extract/local_times",
                time,
                relation,
                select,
                ("epoch", bounds.AtOrBefore(0)),
                ("near", bounds.AtOrBefore(now)),
                ("now", bounds.AtOrAfter(now)))
            : Statement("extract/times", time, relation, select, ("now", bounds.AtOrBefore(now)));
        return CopyAsync(sql, [columns.Time], token);
    }

    /// <inheritdoc/>
    internal override Task<long> EstimateRowsAsync(SourceRelation relation, CancellationToken token) =>
        LookAsync(
            Statement("extract/estimate", ("source", relation.FromClause)), CommandBehavior.Default, async (reader, cancel) =>
        {
            await reader.ReadAsync(cancel);
            using var plan = JsonDocument.Parse(reader.GetString(0));
            return (long)plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
        }, token);

    /// <inheritdoc/>
    internal override Task<(long Rows, long Users, long Items)> CountAsync(EventSource source, CancellationToken token)
    {
        string sql = Statement(
            "extract/counts",
            ("user", Database.Quote(source.User)),
            ("item", Database.Quote(source.Item)),
            ("source", source.Relation.FromClause));
        return LookAsync(sql, CommandBehavior.Default, async (reader, cancel) =>
        {
            await reader.ReadAsync(cancel);
            return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }, token);
    }

    /// <inheritdoc/>
    internal override SourceProblem? Explain(DbException error, string label) =>
        error is PostgresException found ? Explain(found, label) : null;

    static SourceProblem? Explain(PostgresException found, string label) => found.SqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => SourceProblem.NoRelation(label, found.MessageText),
        PostgresErrorCodes.UndefinedColumn => SourceProblem.NoColumn(label, found.MessageText),
        PostgresErrorCodes.AmbiguousColumn => SourceProblem.TwoColumns(label, found.MessageText),
        PostgresErrorCodes.InsufficientPrivilege => SourceProblem.NoRight(label, found.MessageText),
        PostgresErrorCodes.ReadOnlySqlTransaction => SourceProblem.Writes(label, found.MessageText),
        // The values that such a message quotes may be user ids, and messages end up in logs.
        PostgresErrorCodes.RaiseException => SourceProblem.Fails(label, "it raises an exception of its own; the server's log has the text"),
        PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.ObjectNotInPrerequisiteState =>
            SourceProblem.Fails(label, found.MessageText),
        _ when found.SqlState.StartsWith("22", StringComparison.Ordinal) =>
            SourceProblem.Fails(label, Quoted().Replace(found.MessageText, "\"…\"")),
        _ when found.SqlState.StartsWith("42", StringComparison.Ordinal) => SourceProblem.BadSql(label, found.MessageText),
        PostgresErrorCodes.FeatureNotSupported => SourceProblem.BadSql(label, found.MessageText),
        _ => null,
    };

    static PostgresTimeBounds WatermarkBounds(EventSource source, SourceColumn watermark) =>
        new(watermark.Form, source.Changes!.IsCounter ? IntegerTime.Microseconds : source.IntegerTime, source.TimeZone);

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    async Task<RowReader> CopyAsync(string sql, IReadOnlyList<SourceColumn?> columns, CancellationToken token) =>
        new PostgresCopyReader(
            await _connection.BeginRawBinaryCopyAsync(sql, token),
            [.. columns.Select(column => column?.Form ?? ColumnForm.Text)]);

    /// <summary>Runs a small statement; if it fails, the session's snapshot stays usable.</summary>
    async Task<T> LookAsync<T>(
        string sql, CommandBehavior behavior, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken token)
    {
        await _transaction.SaveAsync(Savepoint, token);
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection, _transaction);
            await using var reader = await command.ExecuteReaderAsync(behavior, token);
            return await read(reader, token);
        }
        catch (PostgresException)
        {
            await _transaction.RollbackAsync(Savepoint, token);
            throw;
        }
    }
}
