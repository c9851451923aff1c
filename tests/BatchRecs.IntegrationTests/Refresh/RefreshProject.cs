using System.Collections.Concurrent;
using System.Data.Common;
using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A project folder with a job and two real stores, and what runs the job in this process.</summary>
sealed class RefreshProject : IAsyncDisposable
{
    public const string JobPath = "jobs/shop.yaml";

    static readonly ConcurrentDictionary<string, Lazy<Task<ServedLists>>> Undisturbed = new();

    readonly DirectoryInfo _folder;
    readonly Database _warehouse;

    RefreshProject(DirectoryInfo folder, StoreSettings warehouse, StoreSettings serving)
    {
        _folder = folder;
        Directory.CreateDirectory(InFolder("jobs"));
        Settings = new Dictionary<string, StoreSettings> { ["warehouse"] = warehouse, ["serving"] = serving };
        _warehouse = Databases.Open(warehouse, NullLoggerFactory.Instance, retries: new RetrySettings());
        Serving = Databases.Open(serving, NullLoggerFactory.Instance, retries: new RetrySettings());
    }

    /// <summary>Gets the clock of all runs.</summary>
    public TestClock Clock { get; } = new(SomeShop.Until.AddHours(11).AddTicks(1_234_567));

    /// <summary>Gets what runs told an operator.</summary>
    public RecordedLog Log { get; } = new();

    public IReadOnlyDictionary<string, StoreSettings> Settings { get; }

    public Database Serving { get; }

    public RunLedger Ledger => new(Serving);

    public ReleaseStore Releases => new(Serving);

    /// <summary>Gets or sets where operations of the next run fail.</summary>
    public FaultPoints? Faults { get; set; }

    /// <summary>Gets or sets how long the next run waits for a store that is away.</summary>
    public RetrySettings Retries { get; set; } = RetrySettings.Once;

    public ProjectContext Context => new(_folder.FullName, InFolder(".batchrecs"), Settings, new SchemaNames())
    {
        Faults = Faults,
        Retries = Retries,
    };

    /// <summary>Makes a project with empty stores.</summary>
    public static async Task<RefreshProject> EmptyAsync(StoreProvider warehouse = StoreProvider.Sqlite, StoreProvider? serving = null)
    {
        var folder = TemporaryFolders.Create("batchrecs-refresh-");
        var source = await SettingsAsync("warehouse", warehouse, folder);
        var target = serving is null || serving == warehouse ? source with { Name = "serving" } : await SettingsAsync(
            "serving", serving.Value, folder);
        return new RefreshProject(folder, source, target);
    }

    /// <summary>Makes a project with the generated shop and its job.</summary>
    public static async Task<RefreshProject> ShopAsync(
        StoreProvider warehouse = StoreProvider.Sqlite,
        StoreProvider? serving = null,
        IdKind ids = IdKind.Text,
        ShopJob? job = null,
        IReadOnlyList<ShopEvent>? events = null)
    {
        var project = await EmptyAsync(warehouse, serving);
        await project.ExecuteAsync([.. SomeShop.Statements(ids, warehouse == StoreProvider.Postgres, events ?? SomeShop.Events)]);
        project.Write(job ?? new ShopJob());
        return project;
    }

    /// <summary>Makes a project with the generated shop in one PostgreSQL database for all.</summary>
    /// <param name="connection">The database; the superuser's, who makes the tables of the shop.</param>
    /// <param name="runAs">The connection of the runs; null = the same.</param>
    public static async Task<RefreshProject> ShopInAsync(string connection, string? runAs = null)
    {
        var owner = new StoreSettings("owner", StoreProvider.Postgres, connection);
        await using (var database = Databases.Open(owner, NullLoggerFactory.Instance))
            await ExecuteAsync(database, [.. SomeShop.Statements(IdKind.Text, isPostgres: true, SomeShop.Events)]);
        var store = owner with { Name = "warehouse", Connection = runAs ?? connection };
        var project = new RefreshProject(
            TemporaryFolders.Create("batchrecs-refresh-"), store, store with { Name = "serving" });
        project.Write(new ShopJob());
        return project;
    }

    /// <summary>Returns what readers of the generated shop see after one run that nothing disturbed; all tests share that run.</summary>
    /// <remarks>It is made in SQLite: that the lists do not depend on the store is shown by <see cref="SameListsTests"/>.</remarks>
    public static Task<ServedLists> UndisturbedAsync(ShopJob? job = null)
    {
        string text = (job ?? new ShopJob()).ToString();
        return Undisturbed.GetOrAdd(text, _ => new Lazy<Task<ServedLists>>(() => Task.Run(async () =>
        {
            await using var project = await ShopAsync(job: job);
            return await project.PublishAsync();
        }))).Value;
    }

    public string InFolder(string path) => Path.Combine(_folder.FullName, path);

    public void Write(ShopJob job) => File.WriteAllText(InFolder(JobPath), job.ToString());

    /// <summary>Runs statements in the warehouse, in one transaction.</summary>
    public Task ExecuteAsync(params string[] statements) => ExecuteAsync(_warehouse, statements);

    /// <summary>Runs a statement in the serving store on PostgreSQL, on a connection of its own, from where a run is stopped.</summary>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Settings["serving"].Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Tells whether a session of the serving store on PostgreSQL waits for a lock.</summary>
    public bool IsWaitedFor()
    {
        using var connection = new NpgsqlConnection(Settings["serving"].Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(
            "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')", connection);
        return (bool)command.ExecuteScalar()!;
    }

    /// <summary>Lets the PostgreSQL server end all sessions of BatchRecs; what they ask next fails on a connection that is gone.</summary>
    public void EndSessions() => Execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
            + "where datname = current_database() and application_name = 'batchrecs'");

    static async Task ExecuteAsync(Database database, string[] statements)
    {
        await using var connection = await database.OpenAsync(readOnly: false, CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (string statement in statements)
        {
            await using DbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    public Task<RunOutcome> RunAsync(
        bool fresh = false,
        bool dryRun = false,
        StageName? from = null,
        DateTimeOffset? asOf = null,
        IRunObserver? observer = null,
        OverrideRequest? overridden = null,
        CancellationToken token = default) => new RefreshRunner(Context, Log, Clock).RunAsync(
            new RunRequest(JobPath, asOf, from, fresh, dryRun, Trigger: "test", Override: overridden), observer ?? new RunWatcher(), token);

    public Task<ServedLists> ReadListsAsync(bool hasAgain = true) => ServedLists.ReadAsync(Serving, ShopJob.Name, hasAgain);

    /// <summary>Runs the job and returns what readers see then.</summary>
    public async Task<ServedLists> PublishAsync()
    {
        var outcome = await RunAsync();
        Assert.Equal(RunState.Published, outcome.State);
        return await ReadListsAsync();
    }

    /// <summary>Returns the folder of the only artifact of a stage.</summary>
    public string ArtifactOf(StageName stage) =>
        Directory.GetDirectories(InFolder($".batchrecs/artifacts/{ShopJob.Name}/{stage.ToString().ToLowerInvariant()}")).Single();

    public async ValueTask DisposeAsync()
    {
        await _warehouse.DisposeAsync();
        await Serving.DisposeAsync();
        Log.Dispose();
        _folder.Delete(recursive: true);
    }

    static async Task<StoreSettings> SettingsAsync(string name, StoreProvider provider, DirectoryInfo folder) => new(
        name,
        provider,
        provider == StoreProvider.Postgres
            ? await new PostgresFixture().CreateDatabaseAsync()
            : $"Data Source={Path.Combine(folder.FullName, $"{name}.db")};Pooling=false");
}
