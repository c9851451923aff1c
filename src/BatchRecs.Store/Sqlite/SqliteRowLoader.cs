using System.Diagnostics;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BatchRecs.Store.Sqlite;

/// <summary>Loads rows by one prepared insert, in short transactions.</summary>
/// <remarks>
/// SQLite has one writer per file. A long write would lock the run ledger and the scheduler out, so the loader commits after
/// <see cref="CommitMs"/> and pauses for <see cref="PauseMs"/>: a waiting writer, which looks again every 100 ms, finds the file free at
/// every seventh look on average. Readers do not see the rows, because their release is not published yet.
/// Values are bound through SQLite's own interface: by position and without an object per value.
/// </remarks>
sealed class SqliteRowLoader : RowLoader
{
    const int CommitMs = 150;
    const int PauseMs = 25;
    const int RowsBetweenLooks = 200;

    readonly Database _database;
    readonly SqliteConnection _connection;
    readonly RunFence? _fence;
    readonly sqlite3_stmt _insert;
    SqliteTransaction? _transaction;
    long _began;
    int _column;
    int _rows;

    /// <summary>Prepares the insert.</summary>
    /// <param name="session">A session without a transaction.</param>
    /// <param name="sql">The insert; its parameters are numbered in the order in which they first appear.</param>
    /// <param name="fence">The lock that must be held in every transaction; null = none.</param>
    public SqliteRowLoader(Session session, string sql, RunFence? fence)
    {
        _database = session.Database;
        _connection = (SqliteConnection)session.Connection;
        _fence = fence;
        Check(raw.sqlite3_prepare_v2(_connection.Handle, sql, out _insert), raw.SQLITE_OK);
    }

    /// <summary>Begins a transaction. It asks for the lock itself: its rows are kept before the release is complete.</summary>
    /// <exception cref="StoreException">Another has taken the lock over.</exception>
    public void Begin()
    {
        _transaction = _connection.BeginTransaction(deferred: false);
        _began = Stopwatch.GetTimestamp();
        _fence?.Check(_database, _transaction);
    }

    /// <inheritdoc/>
    public override void StartRow() => _column = 0;

    /// <inheritdoc/>
    public override void Write(long value) => Check(raw.sqlite3_bind_int64(_insert, ++_column, value), raw.SQLITE_OK);

    /// <inheritdoc/>
    public override void Write(int value) => Write((long)value);

    /// <inheritdoc/>
    public override void Write(double value) => Check(raw.sqlite3_bind_double(_insert, ++_column, value), raw.SQLITE_OK);

    /// <inheritdoc/>
    public override void Write(string? value) => Check(
        value is null ? raw.sqlite3_bind_null(_insert, ++_column) : raw.sqlite3_bind_text(_insert, ++_column, value),
        raw.SQLITE_OK);

    /// <inheritdoc/>
    public override void WriteId(IdMap ids, int index)
    {
        if (index < 0)
            Write(null);
        else if (ids.Kind == IdKind.Text)
            Write(ids.Texts[index]);
        else if (ids.Kind == IdKind.Uuid)
            Write(ids.Uuids[index].ToString("D", CultureInfo.InvariantCulture));
        else
            Write(ids.Integers[index]);
    }

    /// <inheritdoc/>
    public override async ValueTask EndRowAsync(CancellationToken token)
    {
        Check(raw.sqlite3_step(_insert), raw.SQLITE_DONE);
        Check(raw.sqlite3_reset(_insert), raw.SQLITE_OK);
        if (++_rows % RowsBetweenLooks != 0)
            return;

        token.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(_began).TotalMilliseconds < CommitMs)
            return;
        Commit();
        await Task.Delay(PauseMs, token);
        Begin();
    }

    /// <inheritdoc/>
    public override Task CompleteAsync(CancellationToken token)
    {
        Commit();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _insert.Dispose();
        _transaction?.Dispose();
        return ValueTask.CompletedTask;
    }

    void Commit()
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    void Check(int code, int expected)
    {
        if (code != expected)
            SqliteException.ThrowExceptionForRC(code, _connection.Handle);
    }
}
