using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BatchRecs.Store.Extract;

/// <summary>Rows of a SQLite statement, value by value as they are stored: SQLite types values, not columns.</summary>
/// <param name="command">The command; disposed with the reader.</param>
sealed class SqliteRowReader(SqliteCommand command) : RowReader
{
    readonly SqliteDataReader _reader = command.ExecuteReader();
    int _untilCheck;

    /// <summary>Gets the driver's statement.</summary>
    public sqlite3_stmt Statement => _reader.Handle!;

    /// <inheritdoc/>
    public override ValueTask<bool> NextAsync(CancellationToken token)
    {
        if (--_untilCheck < 0)
        {
            token.ThrowIfCancellationRequested();
            _untilCheck = 1 << 12;
        }
        return ValueTask.FromResult(_reader.Read());
    }

    /// <inheritdoc/>
    public override FieldClass Class(int column) => raw.sqlite3_column_type(Statement, column) switch
    {
        raw.SQLITE_INTEGER => FieldClass.Integer,
        raw.SQLITE_FLOAT => FieldClass.Real,
        raw.SQLITE_TEXT => FieldClass.Text,
        raw.SQLITE_BLOB => FieldClass.Bytes,
        _ => FieldClass.Null,
    };

    /// <inheritdoc/>
    public override long Integer(int column) => raw.sqlite3_column_int64(Statement, column);

    /// <inheritdoc/>
    public override double Real(int column) => raw.sqlite3_column_double(Statement, column);

    /// <inheritdoc/>
    public override Guid Uuid(int column) => throw new NotSupportedException("SQLite stores uuids as text.");

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Utf8(int column)
    {
        // Asking for text first turns numbers, and the text of a UTF-16 database, into UTF-8; the bytes are then those.
        _ = raw.sqlite3_column_text(Statement, column);
        return raw.sqlite3_column_blob(Statement, column);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await command.DisposeAsync();
    }
}
