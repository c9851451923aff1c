using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BatchRecs.Core.Data;
using BatchRecs.Store.Sql;
using Microsoft.Data.Sqlite;

namespace BatchRecs.Store.Sqlite;

/// <summary>Loads rows by one prepared insert, in short transactions.</summary>
/// <remarks>
/// SQLite has one writer per file. A long write would lock the run ledger and the scheduler out, so the loader commits after
/// <see cref="CommitMs"/> and pauses for <see cref="PauseMs"/>: a waiting writer, which looks again every few milliseconds, gets its turn.
/// Readers do not see the rows, because their release is not published yet.
/// </remarks>
sealed partial class SqliteRowLoader : RowLoader
{
    const int CommitMs = 100;
    const int PauseMs = 10;
    const int RowsBetweenLooks = 200;

    readonly SqliteConnection _connection;
    readonly SqliteCommand _insert;
    readonly SqliteParameter[] _parameters;
    SqliteTransaction? _transaction;
    long _began;
    int _column;
    int _rows;

    /// <summary>Prepares the insert.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="sql">The insert; values are bound to its parameters in the order in which they appear.</param>
    public SqliteRowLoader(SqliteConnection connection, string sql)
    {
        _connection = connection;
        _insert = connection.CreateCommand();
        _insert.CommandText = sql;
        _parameters = [.. Parameter().Matches(sql).Select(match => _insert.Parameters.Add(match.Value, SqliteType.Text))];
        Begin();
        _insert.Prepare();
    }

    /// <inheritdoc/>
    public override void StartRow() => _column = 0;

    /// <inheritdoc/>
    public override void Write(long value) => Set(SqliteType.Integer, value);

    /// <inheritdoc/>
    public override void Write(int value) => Set(SqliteType.Integer, (long)value);

    /// <inheritdoc/>
    public override void Write(double value) => Set(SqliteType.Real, value);

    /// <inheritdoc/>
    public override void Write(string? value) => Set(SqliteType.Text, value ?? (object)DBNull.Value);

    /// <inheritdoc/>
    public override void WriteId(IdMap ids, int index)
    {
        if (index < 0)
            Set(SqliteType.Text, DBNull.Value);
        else if (ids.Kind == IdKind.Text)
            Set(SqliteType.Text, ids.Texts[index]);
        else if (ids.Kind == IdKind.Uuid)
            Set(SqliteType.Text, ids.Uuids[index].ToString("D", CultureInfo.InvariantCulture));
        else
            Set(SqliteType.Integer, ids.Integers[index]);
    }

    /// <inheritdoc/>
    public override async ValueTask EndRowAsync(CancellationToken token)
    {
        _insert.ExecuteNonQuery();
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
        _transaction?.Dispose();
        _insert.Dispose();
        return ValueTask.CompletedTask;
    }

    void Begin()
    {
        _transaction = _connection.BeginTransaction(deferred: false);
        _insert.Transaction = _transaction;
        _began = Stopwatch.GetTimestamp();
    }

    void Commit()
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    void Set(SqliteType type, object value)
    {
        var parameter = _parameters[_column++];
        parameter.SqliteType = type;
        parameter.Value = value;
    }

    [GeneratedRegex("@[a-zA-Z]+")]
    private static partial Regex Parameter();
}
