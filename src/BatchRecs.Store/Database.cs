using System.Collections.Concurrent;
using System.Data.Common;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.Store;

/// <summary>A store: opens connections and runs the named statements of its dialect.</summary>
public abstract class Database : IAsyncDisposable
{
    readonly ConcurrentDictionary<Session, bool> _sessions = new();

    /// <summary>Creates a store.</summary>
    /// <param name="settings">Which one.</param>
    /// <param name="names">Schema names; null = the defaults.</param>
    /// <param name="logger">Where it logs; null = nowhere.</param>
    /// <exception cref="ConfigurationException">A schema name is wrong.</exception>
    protected Database(StoreSettings settings, SchemaNames? names, ILogger? logger)
    {
        Settings = settings;
        Names = names ?? new SchemaNames();
        Names.Check();
        Logger = logger ?? NullLogger.Instance;
        Retry = new Retry(settings.Name, RetrySettings.Once, Logger);
        MicrosecondHandler.Register();
    }

    /// <summary>Gets the settings of the store.</summary>
    public StoreSettings Settings { get; }

    /// <summary>Gets where the objects of BatchRecs live in it.</summary>
    public SchemaNames Names { get; }

    /// <summary>Gets what tries again where that is safe.</summary>
    /// <value>By default only locks are waited for.</value>
    public Retry Retry { get; internal set; }

    /// <summary>Gets the log of the store.</summary>
    internal ILogger Logger { get; }

    /// <summary>Gets or sets what is called with the name of each statement just before it runs: fault tests throw from it.</summary>
    internal Action<string>? BeforeStatement { get; set; }

    /// <summary>Gets the folder under <c>sql/</c> that holds the statements.</summary>
    internal abstract string Dialect { get; }

    /// <summary>Gets how this kind of store keeps the rows of a release.</summary>
    internal abstract ReleaseTables ReleaseTables { get; }

    /// <summary>Gets a value indicating whether the store is a file that was never made.</summary>
    internal virtual bool IsAbsent => false;

    /// <summary>Opens a connection; a store that may be there later is tried again.</summary>
    /// <param name="readOnly">True = the session refuses every write (the warehouse is always opened so).</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <exception cref="StoreException">The store cannot be reached; the message says which, where and what to check.</exception>
    public Task<DbConnection> OpenAsync(bool readOnly, CancellationToken token) =>
        Retry.RunAsync("opening a connection", () => TryOpenAsync(readOnly, token), token);

    async Task<DbConnection> TryOpenAsync(bool readOnly, CancellationToken token)
    {
        string statement = readOnly ? "session/read_only" : "session/read_write";
        BeforeStatement?.Invoke(statement);
        DbConnection? connection = null;
        try
        {
            connection = await ConnectAsync(readOnly, token);
            await using var command = connection.CreateCommand();
            command.CommandText = SqlFiles.Read(Dialect, statement);
            await command.ExecuteNonQueryAsync(token);
            return connection;
        }
        catch (Exception exception)
        {
            if (connection is not null)
                await connection.DisposeAsync();
            if (exception is not (DbException or IOException or UnauthorizedAccessException))
                throw;
            ForgetIdle();
            throw new StoreException(
                $"Store '{Settings.Name}' cannot be opened: {Place}: {Describe(exception).TrimEnd('.')}. {ConnectionRemedy}",
                exception,
                exception is DbException driver && TransientErrors.MayOpenLater(driver))
            {
                Statement = statement,
                SqlState = (exception as DbException)?.SqlState,
            };
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Opens a session that runs named statements.</summary>
    internal async Task<Session> StartAsync(bool readOnly, CancellationToken token)
    {
        var session = new Session(this, await OpenAsync(readOnly, token));
        _sessions.TryAdd(session, true);
        return session;
    }

    /// <summary>Notes that a session is over.</summary>
    internal void Ended(Session session) => _sessions.TryRemove(session, out _);

    /// <summary>Says who holds the locks that open sessions wait for; null if none waits or nobody can tell.</summary>
    internal abstract Task<string?> FindLockHoldersAsync(CancellationToken token);

    /// <summary>Gets the connections of the sessions that are open now.</summary>
    private protected IEnumerable<DbConnection> OpenConnections => _sessions.Keys.Select(session => session.Connection);

    /// <summary>Names the tables that every store has, as its statements call them.</summary>
    internal Tokens FixedTokens() => new Tokens()
        .With("internal", Quote(Names.Internal))
        .With("contract", Quote(Names.Contract))
        .With("migrations", Internal("migrations"))
        .With("runs", Internal("runs"))
        .With("runsIndex", Index("runs_by_recommender"))
        .With("runsToken", Index("runs_by_token"))
        .With("locks", Internal("locks"))
        .With("movePointer", Internal("move_pointer"))
        .With("stages", Internal("stages"))
        .With("evaluations", Internal("evaluations"))
        .With("evaluationsIndex", Index("evaluations_by_recommender"))
        .With("figures", Internal("figures"))
        .With("verdicts", Internal("verdicts"))
        .With("quarantine", Internal("quarantine"))
        .With("quarantineIndex", Index("quarantine_by_user"))
        .With("recommenders", Internal("recommenders"))
        .With("releases", Internal("releases"))
        .With("releasesIndex", Index("releases_by_recommender"))
        .With("releasesView", Contract("releases"))
        .With("privacyKey", Internal("privacy_key"))
        .With("forgotten", Internal("forgotten"))
        .With("erasures", Internal("erasures"))
        .With("prequential", Internal("prequential"))
        .With("releaseFigures", Internal("release_figures"))
        .With("contractVersion", ContractVersionName);

    /// <summary>Returns the quoted name of an internal table or function.</summary>
    internal abstract string Internal(string name);

    /// <summary>Returns the quoted name of an object that readers see.</summary>
    internal abstract string Contract(string name);

    /// <summary>Gets the quoted name of what tells the version of the contract.</summary>
    private protected abstract string ContractVersionName { get; }

    /// <summary>Returns the quoted name of an index, without a schema.</summary>
    private protected abstract string Index(string name);

    /// <summary>Returns the quoted name of the type that columns of ids have.</summary>
    internal abstract string TypeOf(IdKind kind);

    /// <summary>Returns what compares a column of a job's live relation with published ids.</summary>
    /// <param name="kind">The kind of the published ids.</param>
    /// <param name="column">The column, quoted.</param>
    internal abstract string LiveId(IdKind kind, string column);

    /// <summary>Refuses live relations whose columns cannot be compared with the ids of the recommender.</summary>
    /// <exception cref="ConfigurationException">A column has another type; the message says which and what to do.</exception>
    internal abstract Task CheckLiveAsync(Session session, RecommenderSpec spec, CancellationToken token);

    /// <summary>Returns an id as a parameter of this store.</summary>
    /// <param name="kind">The kind of the id.</param>
    /// <param name="text">The id as a command line has it.</param>
    /// <returns>Null if the text is no id of that kind.</returns>
    internal abstract object? ToParameter(IdKind kind, string text);

    /// <summary>Begins a transaction whose statements all see the store as it was at the first of them; it writes nothing.</summary>
    internal abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken token);

    /// <summary>Begins to load rows with a statement of <c>releases/load_*</c>.</summary>
    internal abstract Task<RowLoader> LoadAsync(Session session, string sql, RunFence? fence, CancellationToken token);

    /// <summary>Begins to read rows with a statement of <c>releases/read_*</c>.</summary>
    internal abstract Task<RowReader> ReadRowsAsync(Session session, string sql, ColumnForm[] forms, CancellationToken token);

    /// <summary>Lets a token end what a connection does, where the driver does not see to that itself.</summary>
    internal virtual CancellationTokenRegistration InterruptOn(DbConnection connection, CancellationToken token) => default;

    /// <summary>Says whether a driver's error is the end that <see cref="InterruptOn"/> made.</summary>
    internal virtual bool IsInterrupt(DbException exception) => false;

    /// <summary>Turns what the driver threw into what an operator can act on.</summary>
    internal abstract StoreException Explain(string statement, DbException exception);

    /// <summary>Gets where the store is, for messages; never with a password.</summary>
    private protected abstract string Place { get; }

    /// <summary>Gets what to check when no connection can be made.</summary>
    private protected abstract string ConnectionRemedy { get; }

    /// <summary>Closes connections that wait in a pool: where one broke, the others are likely broken too.</summary>
    private protected virtual void ForgetIdle()
    {
    }

    /// <summary>Says what went wrong while connecting, from the driver's error.</summary>
    private protected virtual string Describe(Exception exception) => exception.Message;

    /// <summary>Connects with the driver.</summary>
    private protected abstract Task<DbConnection> ConnectAsync(bool readOnly, CancellationToken token);

    /// <summary>Quotes one identifier; both dialects follow the SQL standard.</summary>
    internal static string Quote(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>Quotes a name that a job file gives, with or without a schema.</summary>
    internal static string QuoteQualified(string name) => string.Join('.', name.Split('.').Select(Quote));
}
