using System.Data.Common;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Postgres;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.Store.Extract;

/// <summary>A read-only session with a warehouse: everything that is read through it belongs to one moment.</summary>
public abstract class SourceSession : IAsyncDisposable
{
    readonly Database _warehouse;
    readonly DbConnection _connection;
    readonly DbTransaction _transaction;
    readonly CancellationTokenRegistration _interrupt;

    private protected SourceSession(
        Database warehouse, DbConnection connection, DbTransaction transaction, CancellationTokenRegistration interrupt = default) =>
        (_warehouse, _connection, _transaction, _interrupt) = (warehouse, connection, transaction, interrupt);

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

    /// <summary>Looks at a relation that is read later: whoever wants to drop or alter it then waits for the session to end.</summary>
    /// <remarks>
    /// Otherwise a table that PostgreSQL rewrites for an altered column would look empty: its rows are younger than the session's moment.
    /// </remarks>
    /// <param name="label">What the relation is called.</param>
    /// <param name="relation">The relation.</param>
    /// <param name="token">Cancels the statement.</param>
    /// <exception cref="InputDataException">It cannot be read.</exception>
    public Task HoldAsync(string label, SourceRelation relation, CancellationToken token) =>
        InteractionReader.RunAsync(this, label, () => DescribeAsync(relation, columns: null, token));

    /// <summary>Gets which database this is, for telling it from another; never with a password.</summary>
    internal string Place => $"{_connection.DataSource} {_connection.Database}";

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

    /// <summary>Reads the same of the rows that are not stored; a store that cannot tell them apart sends all.</summary>
    internal virtual Task<RowReader> ReadChangesAsync(
        EventSource source, BoundColumns columns, ExtractRequest request, StoredRegion stored, CancellationToken token) =>
        ReadEventsAsync(source, columns, request, token);

    /// <summary>Counts the rows that should be stored; null = this store sends all rows, so the reader has counted them.</summary>
    internal virtual Task<long?> CountStoredAsync(
        EventSource source, BoundColumns columns, StoredRegion stored, CancellationToken token) => Task.FromResult<long?>(null);

    /// <summary>Reads key and watermark of the rows that were deleted after the cut; a store may send earlier ones too.</summary>
    internal virtual Task<RowReader> ReadDeletedAsync(EventSource source, ChangeColumns columns, long cut, CancellationToken token) =>
        ReadRowsAsync(source.Changes!.Deleted!.Relation, [columns.Key, columns.Watermark], token);

    /// <summary>Reads times among which the newest that is not later than <paramref name="now"/> is.</summary>
    internal abstract Task<RowReader> ReadTimesAsync(EventSource source, BoundColumns columns, long now, CancellationToken token);

    /// <summary>Estimates the number of rows of a relation.</summary>
    internal abstract Task<long> EstimateRowsAsync(SourceRelation relation, CancellationToken token);

    /// <summary>Counts rows, distinct users and distinct items.</summary>
    internal abstract Task<(long Rows, long Users, long Items)> CountAsync(EventSource source, CancellationToken token);

    /// <summary>Says whether a driver's error is the end that the token of the session made.</summary>
    internal virtual bool IsInterrupt(DbException error) => false;

    /// <summary>Returns a statement that is about to run; fault tests throw from here.</summary>
    private protected string Statement(string name, params ReadOnlySpan<(string Token, string Sql)> tokens)
    {
        _warehouse.BeforeStatement?.Invoke(name);
        return SourceSql.Get(_warehouse.Dialect, name, tokens);
    }

    /// <summary>Says what is wrong with the source if a driver's error means that; null if it means anything else.</summary>
    internal abstract SourceProblem? Explain(DbException error, string label);
}
