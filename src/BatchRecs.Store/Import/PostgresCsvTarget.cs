using System.Data.Common;
using BatchRecs.Store.Extract;
using Npgsql;

namespace BatchRecs.Store.Import;

/// <summary>A new PostgreSQL table, filled by COPY in its text format.</summary>
sealed class PostgresCsvTarget : CsvTarget
{
    const string Dialect = "postgres";
    const int FlushAt = 1 << 16;

    readonly NpgsqlCopyTextWriter _writer;
    readonly MemoryStream _pending = new(FlushAt * 2);
    readonly int _columnCount;
    bool _ended;

    PostgresCsvTarget(NpgsqlCopyTextWriter writer, int columnCount) => (_writer, _columnCount) = (writer, columnCount);

    /// <summary>Makes the table.</summary>
    public static async Task<CsvTarget> BeginAsync(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<CsvColumn> columns, CancellationToken token)
    {
        string quoted = SourceRelation.Table(table).FromClause;
        string definitions = string.Join(", ", columns.Select(column => $"{Database.Quote(column.Name)} {TypeName(column.Type)}"));
        await CreateTableAsync(Dialect, connection, transaction, quoted, definitions, token);

        string sql = SourceSql.Get(
            Dialect,
            "import/insert",
            ("table", quoted),
            ("columns", string.Join(", ", columns.Select(column => Database.Quote(column.Name)))));
        return new PostgresCsvTarget(await ((NpgsqlConnection)connection).BeginTextImportAsync(sql, token), columns.Count);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(CsvReader row, CancellationToken token)
    {
        for (int n = 0; n < _columnCount; n++)
        {
            if (n > 0)
                _pending.WriteByte((byte)'\t');
            if (row.IsNull(n))
                _pending.Write("\\N"u8);
            else
                WriteEscaped(row[n]);
        }
        _pending.WriteByte((byte)'\n');
        if (_pending.Length >= FlushAt)
            await FlushAsync(token);
    }

    /// <inheritdoc/>
    public override async ValueTask CompleteAsync(CancellationToken token)
    {
        await FlushAsync(token);
        // Even if the server refuses the last rows: there is nothing left to take back.
        _ended = true;
        await _writer.DisposeAsync();
    }

    /// <summary>Takes the copy back if it was not completed; the transaction is rolled back by the caller.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (!_ended)
            await _writer.CancelAsync();
        await _pending.DisposeAsync();
    }

    void WriteEscaped(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            ReadOnlySpan<byte> escaped = value switch
            {
                (byte)'\\' => "\\\\"u8,
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                (byte)'\t' => "\\t"u8,
                _ => default,
            };
            if (escaped.IsEmpty)
                _pending.WriteByte(value);
            else
                _pending.Write(escaped);
        }
    }

    async Task FlushAsync(CancellationToken token)
    {
        await _writer.BaseStream.WriteAsync(_pending.GetBuffer().AsMemory(0, (int)_pending.Length), token);
        _pending.SetLength(0);
    }

    static string TypeName(CsvColumnType type) => type switch
    {
        CsvColumnType.Integer => "bigint",
        CsvColumnType.Real => "double precision",
        CsvColumnType.Time => "timestamptz",
        CsvColumnType.Uuid => "uuid",
        _ => "text",
    };
}
