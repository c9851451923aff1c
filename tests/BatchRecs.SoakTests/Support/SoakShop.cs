using System.Data.Common;
using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Host;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.SoakTests.Support;

/// <summary>
/// A project whose release of the first night is published and whose data are those of the second night: what a loop breaks again and
/// again.
/// </summary>
sealed class SoakShop : IAsyncDisposable
{
    public const string JobPath = "jobs/shop.yaml";

    static int _shops;
    readonly DirectoryInfo _folder = TemporaryFolders.Create("batchrecs-soak-");
    readonly Dictionary<string, StoreSettings> _stores;
    readonly StoreProvider _provider;

    SoakShop(StoreProvider provider, PostgresCluster? cluster, bool separateWarehouse)
    {
        _provider = provider;
        Server = provider == StoreProvider.Sqlite
            ? new SqliteSoakServer(_folder.FullName)
            : new PostgresSoakServer(cluster ?? PostgresCluster.Instance, $"soak{Interlocked.Increment(ref _shops)}");
        WarehouseConnection = separateWarehouse ? $"Data Source={InFolder("warehouse.db")};Pooling=false" : Server.Connection;
        _stores = new Dictionary<string, StoreSettings>
        {
            ["warehouse"] = new("warehouse", provider, WarehouseConnection),
            ["serving"] = new("serving", provider, Server.Connection),
        };
    }

    /// <summary>Gets where the events are.</summary>
    public string WarehouseConnection { get; }

    /// <summary>Gets the database with the releases, and with the events too unless they have a file of their own.</summary>
    public SoakServer Server { get; }

    /// <summary>Gets what readers see before the run of the second night.</summary>
    public string[] Old { get; private set; } = [];

    /// <summary>Gets what readers see after it, if nothing disturbs it.</summary>
    public string[] New { get; private set; } = [];

    /// <summary>Makes the shop.</summary>
    /// <param name="provider">The kind of its store.</param>
    /// <param name="users">How many users it has.</param>
    /// <param name="cluster">The server of a PostgreSQL store; null = that of this process.</param>
    /// <param name="measures">True = every run measures; else only the first, and the other stages get a larger share of a run.</param>
    /// <param name="separateWarehouse">True = the events are in a SQLite file of their own.</param>
    public static async Task<SoakShop> CreateAsync(
        StoreProvider provider, int users, PostgresCluster? cluster = null, bool measures = true, bool separateWarehouse = false)
    {
        var shop = new SoakShop(provider, cluster, separateWarehouse);
        shop.Server.Remove();
        shop.Server.Create();
        SoakData.WriteJob(shop._folder.FullName, measures);
        shop.WriteSettings();
        await shop.FillAsync([.. SoakData.First(provider, users)]);
        await shop.RunAsync();
        shop.Old = await shop.ReadAsync();
        await shop.FillAsync([.. SoakData.Second(users)]);
        shop.Keep();
        await shop.RunAsync();
        shop.New = await shop.ReadAsync();
        Assert.NotEqual(shop.Old, shop.New);
        return shop;
    }

    public string InFolder(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>Puts store and artifacts back to where they were before the run of the second night.</summary>
    public void Restore()
    {
        Server.Restore();
        Directory.Delete(WorkFolder, recursive: true);
        Copy(KeptWorkFolder, WorkFolder);
    }

    /// <summary>Runs the job in this process.</summary>
    /// <param name="faults">What fails.</param>
    /// <param name="observer">Who is told how far the run has come.</param>
    /// <exception cref="BatchRecsException">What ended the run.</exception>
    public Task<RunOutcome> RunAsync(FaultPoints? faults = null, IRunObserver? observer = null)
    {
        var project = new ProjectContext(_folder.FullName, WorkFolder, _stores, new SchemaNames()) { Faults = faults, Retries = Patience };
        return new RefreshRunner(project, NullLoggerFactory.Instance, TimeProvider.System).RunAsync(
            new RunRequest(JobPath, AsOf: null, From: null, Fresh: false, DryRun: false, Trigger: "soak"),
            observer ?? new RunWatcher(),
            CancellationToken.None);
    }

    /// <summary>Runs the job in this process and tells how it ended, whatever that was.</summary>
    /// <param name="faults">What fails.</param>
    /// <param name="observer">Who is told how far the run has come.</param>
    public async Task<RunEnded> TryRunAsync(FaultPoints? faults = null, IRunObserver? observer = null)
    {
        try
        {
            return new RunEnded((await RunAsync(faults, observer)).State.ToString(), IsDone: true, IsBug: false);
        }
        catch (BatchRecsException known)
        {
            return new RunEnded($"exit code {known.ExitCode}: {known.Message}", IsDone: false, IsBug: false);
        }
#pragma warning disable CA1031 // Whatever else ends a run is what the loops look for.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return new RunEnded(bug.ToString(), IsDone: false, IsBug: true);
        }
    }

    /// <summary>Starts the program in the project.</summary>
    public RunningProgram Start(params string[] args) => RunningProgram.Start(_folder.FullName, args);

    /// <summary>Opens the store with the releases.</summary>
    public Database Open() => Databases.Open(_stores["serving"], NullLoggerFactory.Instance);

    /// <summary>Reads every view, as an application does.</summary>
    public async Task<string[]> ReadAsync()
    {
        await using var store = Open();
        return (await ServedLists.ReadAsync(store, ShopJob.Name)).All;
    }

    /// <summary>Reads rows as text, columns separated by blanks.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var store = Open();
        await using var connection = await store.OpenAsync(readOnly: true, CancellationToken.None);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }

    /// <summary>Returns the name of an internal table as SQL has it here.</summary>
    public string Internal(string name) => _provider == StoreProvider.Postgres ? $"batchrecs.{name}" : $"batchrecs_{name}";

    public ValueTask DisposeAsync()
    {
        Server.Remove();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>As often as a real run tries again, with shorter pauses: there are hundreds of runs.</summary>
    static RetrySettings Patience { get; } = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(20),
        MaxDelay = TimeSpan.FromMilliseconds(500),
    };

    string WorkFolder => InFolder(".batchrecs");

    string KeptWorkFolder => InFolder("kept");

    void Keep()
    {
        Server.Keep();
        Copy(WorkFolder, KeptWorkFolder);
    }

    void WriteSettings()
    {
        var stores = _stores.ToDictionary(store => store.Key, store => new { provider = _provider.ToString(), store.Value.Connection });
        File.WriteAllText(InFolder("appsettings.json"), JsonSerializer.Serialize(new { stores }, JsonSerializerOptions.Web));
    }

    /// <summary>Changes the data; where the events have a file of their own, both files get all tables; of each some are read.</summary>
    async Task FillAsync(IReadOnlyList<string> statements)
    {
        foreach (var settings in _stores.Values.DistinctBy(settings => settings.Connection))
        {
            await using var store = Databases.Open(settings, NullLoggerFactory.Instance);
            await using var connection = await store.OpenAsync(readOnly: false, CancellationToken.None);
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
    }

    static void Copy(string from, string to)
    {
        foreach (string folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
