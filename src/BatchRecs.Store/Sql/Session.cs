using System.Data.Common;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Ledger;
using Dapper;

namespace BatchRecs.Store.Sql;

/// <summary>One connection that runs named statements, one after another. What is not committed at its disposal is rolled back.</summary>
sealed class Session(Database database, DbConnection connection) : IAsyncDisposable
{
    /// <summary>The name of a commit in errors: only there it is open whether the work was done.</summary>
    public const string Commit = "commit";

    DbTransaction? _transaction;

    /// <summary>Gets the store.</summary>
    public Database Database { get; } = database;

    /// <summary>Gets the connection, for bulk loads.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>Gets the transaction that is open; null if none is.</summary>
    public DbTransaction? Transaction => _transaction;

    /// <summary>Begins a transaction; in SQLite it holds the write lock of the file from here on. An unfinished one ends first.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task BeginAsync(CancellationToken token) => BeginAsync(() => Connection.BeginTransactionAsync(token), token);

    /// <summary>Begins a transaction that only reads: all of its statements see the store as it was at the first of them.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task BeginSnapshotAsync(CancellationToken token) => BeginAsync(() => Database.BeginSnapshotAsync(Connection, token), token);

    /// <summary>Commits the transaction.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task CommitAsync(CancellationToken token) => RunAsync(Commit, async () =>
    {
        await _transaction!.CommitAsync(token);
        await _transaction.DisposeAsync();
        _transaction = null;
        return 0;
    }, token);

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <returns>The number of rows that it changed.</returns>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task<int> ExecuteAsync(Statement statement, CancellationToken token) =>
        RunAsync(statement.Name, () => Connection.ExecuteAsync(Command(statement, token)), token);

    /// <summary>Runs a statement that the server takes without parameters only: their values become literals.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task<int> ExecuteInlineAsync(Statement statement, CancellationToken token) => RunAsync(
        statement.Name,
        () => Connection.ExecuteAsync(
            new CommandDefinition(InlineSql.Of(statement, Database.Dialect), transaction: _transaction, cancellationToken: token)),
        token);

    /// <summary>Runs a statement and returns its rows.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task<List<T>> QueryAsync<T>(Statement statement, CancellationToken token) =>
        RunAsync(statement.Name, async () => (await Connection.QueryAsync<T>(Command(statement, token))).AsList(), token);

    /// <summary>Runs a statement and returns its first row, or the default if there is none.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task<T?> FindAsync<T>(Statement statement, CancellationToken token) =>
        RunAsync(statement.Name, () => Connection.QueryFirstOrDefaultAsync<T>(Command(statement, token)), token);

    /// <summary>Runs a statement without parameters and looks at what the driver's own reader says of its result.</summary>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task<T> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken token) =>
        RunAsync(statement.Name, async () =>
        {
            await using var command = Connection.CreateCommand();
            command.CommandText = statement.Text(Database.Dialect);
            command.Transaction = _transaction;
            await using var reader = await command.ExecuteReaderAsync(token);
            return read(reader);
        }, token);

    /// <summary>Runs a statement of <c>releases/read_*</c> and passes its rows on without an object per value.</summary>
    /// <param name="statement">The statement; it has no parameters.</param>
    /// <param name="forms">Form of each column, for a store whose values do not tell.</param>
    /// <param name="read">Reads the rows.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <exception cref="StoreException">The store refused.</exception>
    public Task<T> ReadRowsAsync<T>(
        Statement statement, ColumnForm[] forms, Func<RowReader, Task<T>> read, CancellationToken token) =>
        RunAsync(statement.Name, async () =>
        {
            await using var rows = await Database.ReadRowsAsync(this, statement.Text(Database.Dialect), forms, token);
            return await read(rows);
        }, token);

    /// <summary>Loads rows.</summary>
    /// <param name="statement">One of <c>releases/load_*</c>.</param>
    /// <param name="write">Writes the rows.</param>
    /// <param name="fence">The lock that must still be held where rows are kept before the load is complete; null = none.</param>
    /// <param name="token">Cancels the load; nothing of an uncompleted batch is kept on PostgreSQL.</param>
    /// <exception cref="StoreException">The store refused, or another has taken the lock over.</exception>
    public Task LoadAsync(Statement statement, Func<RowLoader, Task> write, RunFence? fence, CancellationToken token) =>
        RunAsync(statement.Name, async () =>
        {
            await using var loader = await Database.LoadAsync(this, statement.Text(Database.Dialect), fence, token);
            await write(loader);
            await loader.CompleteAsync(token);
            return 0;
        }, token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        Database.Ended(this);
        await Connection.DisposeAsync();
    }

    Task<int> BeginAsync(Func<ValueTask<DbTransaction>> begin, CancellationToken token) => RunAsync("begin", async () =>
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        _transaction = null;
        _transaction = await begin();
        return 0;
    }, token);

    CommandDefinition Command(Statement statement, CancellationToken token) =>
        new(statement.Text(Database.Dialect), statement.Arguments, _transaction, cancellationToken: token);

    async Task<T> RunAsync<T>(string name, Func<Task<T>> run, CancellationToken token)
    {
        Database.BeforeStatement?.Invoke(name);
        using var interrupt = Database.InterruptOn(Connection, token);
        try
        {
            return await run();
        }
        catch (DbException exception) when (Database.IsInterrupt(exception))
        {
            throw new OperationCanceledException($"Statement {name} was cancelled.", exception, token);
        }
        catch (DbException exception)
        {
            throw Database.Explain(name, exception);
        }
    }
}
