using System.Data.Common;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Postgres;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.Store.Extract;

/// <summary>A read-only session with a warehouse: everything that is read through it belongs to one moment.</summary>
public abstract class SourceSession : IAsyncDisposable
{
    readonly DbConnection _connection;
    readonly DbTransaction _transaction;
    readonly CancellationTokenRegistration _interrupt;

    private protected SourceSession(
        DbConnection connection, DbTransaction transaction, CancellationTokenRegistration interrupt = default) =>
        (_connection, _transaction, _interrupt) = (connection, transaction, interrupt);

    /// <summary>Opens a session; the transaction behind it ends when the session is disposed.</summary>
    /// <param name="warehouse">The store to read.</param>
    /// <param name="token">Cancels the attempt, and on SQLite every later read too.</param>
    public static Task<SourceSession> OpenAsync(Database warehouse, CancellationToken token) => warehouse switch
    {
        PostgresDatabase postgres => PostgresSession.OpenAsync(postgres, token),
        SqliteDatabase sqlite => SqliteSession.OpenAsync(sqlite, token),
        _ => throw new ConfigurationException(
                $"stores.{warehouse.Settings.Name}: events cannot be read from a {warehouse.GetType().Name}."),
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _interrupt.DisposeAsync();
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gets a value indicating whether times may be ISO 8601 text.</summary>
    internal abstract bool HasTextTimes { get; }

    /// <summary>Gets the types that a time column may have, for messages.</summary>
    internal abstract string TimeTypes { get; }

    /// <summary>Gets how the store compares the names of columns.</summary>
    internal abstract StringComparer ColumnNames { get; }

    /// <summary>Describes columns of a relation.</summary>
    /// <param name="relation">The relation.</param>
    /// <param name="columns">Names of the columns; null = all, in their order.</param>
    /// <param name="token">Cancels the statement.</param>
    internal abstract Task<IReadOnlyList<SourceColumn>> DescribeAsync(
        SourceRelation relation, IReadOnlyList<string>? columns, CancellationToken token);

    /// <summary>Reads columns of all rows of a relation.</summary>
    internal abstract Task<RowReader> ReadRowsAsync(SourceRelation relation, IReadOnlyList<SourceColumn?> columns, CancellationToken token);

    /// <summary>Reads user, item, time, value and event of the rows that may lie inside the window or are bad.</summary>
    internal abstract Task<RowReader> ReadEventsAsync(
        EventSource source, BoundColumns columns, ExtractRequest request, CancellationToken token);

    /// <summary>Reads times among which the newest that is not later than <paramref name="now"/> is.</summary>
    internal abstract Task<RowReader> ReadTimesAsync(EventSource source, BoundColumns columns, long now, CancellationToken token);

    /// <summary>Estimates the number of rows of a relation.</summary>
    internal abstract Task<long> EstimateRowsAsync(SourceRelation relation, CancellationToken token);

    /// <summary>Counts rows, distinct users and distinct items.</summary>
    internal abstract Task<(long Rows, long Users, long Items)> CountAsync(EventSource source, CancellationToken token);

    /// <summary>Says whether a driver's error is the end that the token of the session made.</summary>
    internal virtual bool IsInterrupt(DbException error) => false;

    /// <summary>Says what is wrong with the source if a driver's error means that; null if it means anything else.</summary>
    internal abstract SourceProblem? Explain(DbException error, string label);
}
