using System.Data.Common;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Store.Sqlite;

/// <summary>A SQLite file.</summary>
public sealed class SqliteDatabase : Database
{
    readonly SqliteConnectionStringBuilder _connection;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Creates the store; the file and its folder are made at the first connection that may write.</summary>
    /// <param name="settings">Which file; the connection string is Microsoft.Data.Sqlite's.</param>
    /// <param name="names">Schema names; null = the defaults.</param>
    /// <param name="logger">Where it logs; null = nowhere.</param>
    /// <exception cref="ConfigurationException">The connection string or a schema name is wrong.</exception>
    public SqliteDatabase(StoreSettings settings, SchemaNames? names = null, ILogger<SqliteDatabase>? logger = null)
        : base(settings, names, logger) => _connection = Parse(settings);

    /// <summary>Gets a value indicating whether the file is there.</summary>
    internal bool Exists => File.Exists(_connection.DataSource);

    /// <summary>Gets why the file could not be made; null if it could.</summary>
    internal string? CannotBeMade
    {
        get
        {
            string? place = Path.GetDirectoryName(Path.GetFullPath(_connection.DataSource));
            while (place is not null && !Path.Exists(place))
                place = Path.GetDirectoryName(place);
            return Directory.Exists(place) && !new DirectoryInfo(place).Attributes.HasFlag(FileAttributes.ReadOnly)
                ? null
                : $"{Place} does not exist, and {place} is no folder in which it could be made.";
        }
    }

    /// <summary>Gets why the file could not be written; null if it could.</summary>
    internal string? CannotBeWritten =>
        new FileInfo(_connection.DataSource).IsReadOnly ? $"{Place} may not be written by this user." : null;

    /// <inheritdoc/>
    internal override string Dialect => "sqlite";

    /// <inheritdoc/>
    internal override ReleaseTables ReleaseTables { get; } = new SqliteReleaseTables();

    /// <inheritdoc/>
    internal override bool IsAbsent => !File.Exists(_connection.DataSource);

    /// <inheritdoc/>
    private protected override string ContractVersionName => Internal("contract_version");

    /// <inheritdoc/>
    private protected override string Place => $"SQLite file {_connection.DataSource}";

    /// <inheritdoc/>
    private protected override string ConnectionRemedy =>
        $"Check the path in stores.{Settings.Name}.connection, that the file exists (batchrecs migrate makes it) and that it and its " +
        "folder may be read and written.";

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        foreach (bool readOnly in (bool[])[false, true])
        {
            using var pooled = Connection(readOnly);
            SqliteConnection.ClearPool(pooled);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override string Internal(string name) => Quote($"{Names.Internal}_{name}");

    /// <inheritdoc/>
    internal override string Contract(string name) => Quote(name);

    /// <inheritdoc/>
    private protected override string Index(string name) => Internal(name);

    /// <inheritdoc/>
    internal override string TypeOf(IdKind kind) => kind is IdKind.Uuid or IdKind.Text ? Quote("TEXT") : Quote("INTEGER");

    /// <inheritdoc/>
    /// <remarks>Uuids are text here and may be spelled in capitals in the relation; published ones never are.</remarks>
    internal override string LiveId(IdKind kind, string column) => kind == IdKind.Uuid ? $"lower({column})" : column;

    /// <inheritdoc/>
    /// <remarks>Columns of SQLite have no fixed types, and comparing values of different types never fails.</remarks>
    internal override Task CheckLiveAsync(Session session, RecommenderSpec spec, CancellationToken token) => Task.CompletedTask;

    /// <inheritdoc/>
    internal override object? ToParameter(IdKind kind, string text) => kind switch
    {
        IdKind.Uuid => Guid.TryParse(text, out Guid id) ? id.ToString("D", CultureInfo.InvariantCulture) : null,
        IdKind.Text => text,
        _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long id) ? id : null,
    };

    /// <inheritdoc/>
    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken token) =>
        new(((SqliteConnection)connection).BeginTransaction(deferred: true));

    /// <inheritdoc/>
    internal override async Task<RowLoader> LoadAsync(Session session, string sql, RunFence? fence, CancellationToken token)
    {
        var loader = new SqliteRowLoader(session, sql, fence);
        try
        {
            loader.Begin();
            return loader;
        }
        catch
        {
            await loader.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    internal override Task<RowReader> ReadRowsAsync(Session session, string sql, ColumnForm[] forms, CancellationToken token) =>
        Task.FromResult<RowReader>(new SqliteRowReader(
            new SqliteCommand(sql, (SqliteConnection)session.Connection, (SqliteTransaction?)session.Transaction)));

    /// <inheritdoc/>
    /// <remarks>The driver's asynchronous calls block and look at no token.</remarks>
    internal override CancellationTokenRegistration InterruptOn(DbConnection connection, CancellationToken token)
    {
        return ((SqliteConnection)connection).Handle is { } handle
            ? token.Register(() => SQLitePCL.raw.sqlite3_interrupt(handle))
            : default;
    }

    /// <inheritdoc/>
    internal override bool IsInterrupt(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_INTERRUPT };

    /// <inheritdoc/>
    /// <remarks>A file's lock does not tell whose it is; the error itself says all there is.</remarks>
    internal override Task<string?> FindLockHoldersAsync(CancellationToken token) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    internal override StoreException Explain(string statement, DbException exception) =>
        SqliteErrors.Explain(Settings.Name, statement, (SqliteException)exception);

    /// <inheritdoc/>
    private protected override async Task<DbConnection> ConnectAsync(bool readOnly, CancellationToken token)
    {
        if (!readOnly && Path.GetDirectoryName(_connection.DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        var connection = Connection(readOnly);
        await connection.OpenAsync(token);
        return connection;
    }

    SqliteConnection Connection(bool readOnly)
    {
        var builder = new SqliteConnectionStringBuilder(_connection.ConnectionString);
        if (readOnly)
            builder.Mode = SqliteOpenMode.ReadOnly;
        return new SqliteConnection(builder.ConnectionString);
    }

    static SqliteConnectionStringBuilder Parse(StoreSettings settings)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(settings.Connection);
            if (builder.DataSource.Length > 0)
                return builder;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new ConfigurationException(
                $"stores.{settings.Name}.connection is no connection string of Microsoft.Data.Sqlite: " +
                $"{ConnectionText.Fault<SqliteConnectionStringBuilder>(settings.Connection)}. " +
                "Expected for example: Data Source=.batchrecs/batchrecs.db");
        }
        throw new ConfigurationException(
            $"stores.{settings.Name}.connection names no file. Expected for example: Data Source=.batchrecs/batchrecs.db");
    }
}
