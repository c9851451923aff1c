using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>What every store must do, run on each kind by derived classes. Every test has a store of its own, migrated and empty.</summary>
public abstract class StoreContract(StoreProvider provider) : IAsyncLifetime
{
    /// <summary>A fixed moment; tests count from it.</summary>
    protected static readonly DateTimeOffset Now = new(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

    readonly string _folder = TemporaryFolders.NewPath("brst-");

    protected static CancellationToken None => CancellationToken.None;

    protected StoreProvider Provider { get; } = provider;

    protected StoreSettings Settings { get; private set; } = null!;

    protected Database Store { get; private set; } = null!;

    protected RunLedger Ledger => new(Store);

    protected ReleaseStore Releases => new(Store);

    protected ServingReader Reader => new(Store);

    public async Task InitializeAsync()
    {
        string connection = Provider == StoreProvider.Postgres
            ? await new PostgresFixture().CreateDatabaseAsync()
            : $"Data Source={Path.Combine(_folder, "store.db")}";
        Settings = new StoreSettings("serving", Provider, connection);
        Store = Open();
        await MigrateAsync();
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        if (Provider == StoreProvider.Postgres)
            NpgsqlConnection.ClearAllPools();
        else
            Directory.Delete(_folder, recursive: true);
    }

    protected Database Open(SchemaNames? names = null) => Databases.Open(Settings, NullLoggerFactory.Instance, names);

    protected Task<IReadOnlyList<string>> MigrateAsync() => new Migrator(Store, new FixedTime(Now)).MigrateAsync(None);

    /// <summary>Returns the name of an object of the contract as SQL has it here.</summary>
    protected string View(string name) => Provider == StoreProvider.Postgres ? $"recs.{name}" : name;

    /// <summary>Returns the name of an internal table as SQL has it here.</summary>
    protected string Internal(string name) => Provider == StoreProvider.Postgres ? $"batchrecs.{name}" : $"batchrecs_{name}";

    /// <summary>Reads with plain SQL, as an application would.</summary>
    protected async Task<List<T>> QueryAsync<T>(string sql, object? arguments = null)
    {
        await using var connection = await Store.OpenAsync(readOnly: true, None);
        return (await connection.QueryAsync<T>(sql, arguments)).AsList();
    }

    /// <summary>Counts the rows of lists in a table of all releases, in whatever form it keeps them.</summary>
    protected Task<List<int>> StoredRowsAsync(string table) => QueryAsync<int>(Provider == StoreProvider.Postgres
        ? $"select coalesce(sum(cardinality(item_ids)), 0) from {Internal(table)}"
        : $"select count(*) from {Internal(table)}");

    protected async Task ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await Store.OpenAsync(readOnly: false, None);
        await connection.ExecuteAsync(sql, arguments);
    }
}

/// <summary>A clock that stands still.</summary>
sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
