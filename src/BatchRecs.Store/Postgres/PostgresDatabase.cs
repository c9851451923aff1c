using System.Data;
using System.Data.Common;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BatchRecs.Store.Postgres;

/// <summary>A PostgreSQL database, version 15 or newer.</summary>
public sealed class PostgresDatabase : Database
{
    const int OldestServer = 15;

    readonly NpgsqlConnectionStringBuilder _connection;
    readonly NpgsqlDataSource _source;

    /// <summary>Creates the store; nothing is connected yet.</summary>
    /// <param name="settings">Which database; the connection string is Npgsql's.</param>
    /// <param name="names">Schema names; null = the defaults.</param>
    /// <param name="logger">Where it logs; null = nowhere.</param>
    /// <exception cref="ConfigurationException">The connection string or a schema name is wrong.</exception>
    public PostgresDatabase(StoreSettings settings, SchemaNames? names = null, ILogger<PostgresDatabase>? logger = null)
        : base(settings, names, logger)
    {
        _connection = Parse(settings);
        _connection.ApplicationName ??= "batchrecs";
        // A night's statements may take long (indexing a large table); what must not hang is covered by lock_timeout and the token.
        if (!_connection.ShouldSerialize("Command Timeout"))
            _connection.CommandTimeout = 0;
        if (!_connection.ShouldSerialize("Keepalive"))
            _connection.KeepAlive = 30;
        // The driver's own sign of life is for idle connections; this one notices a server that is gone while a query runs.
        if (!_connection.ShouldSerialize("TCP Keepalive") && !(_connection.Host ?? "").StartsWith('/'))
            (_connection.TcpKeepAlive, _connection.TcpKeepAliveTime, _connection.TcpKeepAliveInterval) = (true, 30, 10);
        _source = NpgsqlDataSource.Create(_connection.ConnectionString);
    }

    /// <inheritdoc/>
    internal override string Dialect => "postgres";

    /// <inheritdoc/>
    internal override ReleaseTables ReleaseTables { get; } = new PostgresReleaseTables();

    /// <inheritdoc/>
    private protected override string ContractVersionName => Contract("contract_version");

    /// <inheritdoc/>
    private protected override string Place => string.Create(
        CultureInfo.InvariantCulture,
        $"PostgreSQL at {_connection.Host}:{_connection.Port}, database '{_connection.Database}', user '{_connection.Username}'");

    /// <inheritdoc/>
    private protected override string ConnectionRemedy =>
        $"Check that the server runs and is PostgreSQL {OldestServer} or newer, and the host, port, database, user and password in " +
        $"stores.{Settings.Name}.connection.";

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <inheritdoc/>
    internal override string Internal(string name) => $"{Quote(Names.Internal)}.{Quote(name)}";

    /// <inheritdoc/>
    internal override string Contract(string name) => $"{Quote(Names.Contract)}.{Quote(name)}";

    /// <inheritdoc/>
    private protected override string Index(string name) => Quote(name);

    /// <inheritdoc/>
    internal override string TypeOf(IdKind kind) => kind switch
    {
        IdKind.Int16 => Quote("int2"),
        IdKind.Int32 => Quote("int4"),
        IdKind.Int64 => Quote("int8"),
        IdKind.Uuid => Quote("uuid"),
        _ => Quote("text"),
    };

    /// <inheritdoc/>
    internal override string LiveId(IdKind kind, string column) => column;

    /// <inheritdoc/>
    internal override Task CheckLiveAsync(Session session, RecommenderSpec spec, CancellationToken token) =>
        PostgresLiveColumns.CheckAsync(session, spec, token);

    /// <inheritdoc/>
    internal override object? ToParameter(IdKind kind, string text) => kind switch
    {
        IdKind.Int16 => short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out short id) ? id : null,
        IdKind.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) ? id : null,
        IdKind.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long id) ? id : null,
        IdKind.Uuid => Guid.TryParse(text, out Guid id) ? id : null,
        _ => text,
    };

    /// <inheritdoc/>
    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken token) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);

    /// <inheritdoc/>
    /// <remarks>No fence is asked for: the rows go into a table of the release, which whoever takes the lock over drops.</remarks>
    internal override async Task<RowLoader> LoadAsync(Session session, string sql, RunFence? fence, CancellationToken token) =>
        new PostgresRowLoader(await ((NpgsqlConnection)session.Connection).BeginBinaryImportAsync(SqlFiles.WithoutComment(sql), token));

    /// <inheritdoc/>
    internal override async Task<RowReader> ReadRowsAsync(Session session, string sql, ColumnForm[] forms, CancellationToken token) =>
        new PostgresCopyReader(
            await ((NpgsqlConnection)session.Connection).BeginRawBinaryCopyAsync(SqlFiles.WithoutComment(sql), token), forms);

    /// <inheritdoc/>
    internal override async Task<string?> FindLockHoldersAsync(CancellationToken token)
    {
        int[] pids =
        [
            .. OpenConnections.Cast<NpgsqlConnection>()
                .Where(connection => connection.FullState.HasFlag(ConnectionState.Open))
                .Select(connection => connection.ProcessID),
        ];
        await using var session = await StartAsync(readOnly: true, token);
        return LockHolder.Describe(
            await session.QueryAsync<LockHolder>(new Statement("releases/lock_holders", FixedTokens(), new { pids }), token));
    }

    /// <inheritdoc/>
    internal override StoreException Explain(string statement, DbException exception) =>
        PostgresErrors.Explain(Settings.Name, statement, exception);

    /// <inheritdoc/>
    private protected override void ForgetIdle() => _source.Clear();

    /// <inheritdoc/>
    private protected override string Describe(Exception exception) => PostgresErrors.Describe(exception);

    /// <inheritdoc/>
    private protected override async Task<DbConnection> ConnectAsync(bool readOnly, CancellationToken token)
    {
        var connection = await _source.OpenConnectionAsync(token);
        if (connection.PostgreSqlVersion.Major >= OldestServer)
            return connection;

        string version = connection.ServerVersion;
        await connection.DisposeAsync();
        throw new StoreException(
            $"Store '{Settings.Name}' is PostgreSQL {version}. Expected: {OldestServer} or newer.");
    }

    static NpgsqlConnectionStringBuilder Parse(StoreSettings settings)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(settings.Connection);
        }
        catch (ArgumentException)
        {
            throw new ConfigurationException(
                $"stores.{settings.Name}.connection is no connection string of Npgsql: " +
                $"{ConnectionText.Fault<NpgsqlConnectionStringBuilder>(settings.Connection)}. " +
                "Expected for example: Host=localhost;Database=shop;Username=batchrecs, all keywords as Npgsql documents them.");
        }
    }
}
