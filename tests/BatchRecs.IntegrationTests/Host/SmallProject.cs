using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>A project in a temporary folder: a job, a schedule if wanted, a warehouse with a small shop; the program runs there.</summary>
/// <remarks>
/// The shop has 90 customers (1–90) and 24 articles (1–24) of two kinds. Odd customers buy odd articles, even customers even ones;
/// each buys 8 of 12, one a day, from 2026-01-01 on.
/// </remarks>
sealed class SmallProject : IDisposable
{
    public const int Customers = 90;
    public const int Articles = 24;
    const int Bought = 8;

    readonly DirectoryInfo _folder = TemporaryFolders.Create("batchrecs-e2e-");
    readonly StoreProvider _provider;
    readonly string _connection;

    /// <summary>Makes the project; without a connection string both stores are one SQLite file in its folder.</summary>
    public SmallProject(string? postgres = null)
    {
        _provider = postgres is null ? StoreProvider.Sqlite : StoreProvider.Postgres;
        _connection = postgres ?? $"Data Source={InFolder("shop.db")}";
        Settings(_connection);
        Job();
        Fill();
    }

    public string InFolder(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>Writes the settings: both stores are reached by <paramref name="connection"/>.</summary>
    public void Settings(string connection)
    {
        var store = new { provider = _provider.ToString(), connection };
        string settings = JsonSerializer.Serialize(new { stores = new { warehouse = store, serving = store } });
        File.WriteAllText(InFolder("appsettings.json"), settings);
    }

    /// <summary>Writes jobs/shop.yaml.</summary>
    /// <param name="more">Its last lines.</param>
    /// <param name="table">The table of events.</param>
    /// <param name="scorers">The scorers.</param>
    /// <param name="blend">Their weights.</param>
    public void Job(
        string more = "guard: { minUsers: 1, minCoverage: 0 }",
        string table = "purchases",
        string scorers = "{ als: { factors: 2, iterations: 10 }, popular: {} }",
        string blend = "{ als: 1, popular: 0.01 }")
    {
        Directory.CreateDirectory(InFolder("jobs"));
        File.WriteAllText(
            InFolder("jobs/shop.yaml"),
            $$"""
            kind: refresh
            recommender: shop
            timeZone: UTC
            asOf: latest-event
            sources:
              - table: {{table}}
                columns: { user: customer, item: article, time: at }
                event: purchase
            items:
              table: articles
              columns: { item: article, title: title }
            scorers: {{scorers}}
            blend: {{blend}}
            evaluate: { holdout: 25%, validation: 1d }
            precompute: { count: 5 }
            {{more}}

            """);
    }

    /// <summary>Writes a schedule that fires every second.</summary>
    public void EverySecond()
    {
        Directory.CreateDirectory(InFolder("schedules"));
        File.WriteAllText(
            InFolder("schedules/every_second.yaml"), "job: jobs/shop.yaml\ncron: \"* * * * * *\"\ntimeZone: UTC\nenabled: true\n");
    }

    /// <summary>Executes one statement in the store.</summary>
    public void Execute(string sql) => Command(sql, command => command.ExecuteNonQuery());

    /// <summary>Reads one value from the store, as text.</summary>
    public string Read(string sql) =>
        Convert.ToString(Command(sql, command => command.ExecuteScalar()), CultureInfo.InvariantCulture) ?? "";

    /// <summary>Starts the program in the project.</summary>
    public RunningProgram Start(params string[] args) => RunningProgram.Start(_folder.FullName, args);

    /// <summary>Runs the program to its end.</summary>
    public async Task<Ended> RunAsync(params string[] args)
    {
        using var program = Start(args);
        return await program.EndAsync();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    void Fill()
    {
        string time = _provider == StoreProvider.Sqlite ? "text" : "timestamptz";
        Execute($"create table purchases (customer integer not null, article integer not null, at {time} not null)");
        Execute("create table no_purchases as select * from purchases");
        Execute("create table articles (article integer primary key, title text not null)");
        var purchases =
            from customer in Enumerable.Range(1, Customers)
            from n in Enumerable.Range(0, Bought)
            let article = 2 - (customer % 2) + (2 * ((customer + (5 * n)) % (Articles / 2)))
            select $"({customer}, {article}, '2026-01-{1 + ((customer + n) % 28):00}T{n:00}:{customer % 60:00}:00Z')";
        Execute($"insert into purchases values {string.Join(", ", purchases)}");
        Execute($"insert into articles values {string.Join(", ", Enumerable.Range(1, Articles).Select(n => $"({n}, 'Article {n}')"))}");
    }

    T Command<T>(string sql, Func<DbCommand, T> run)
    {
        using DbConnection connection = _provider == StoreProvider.Sqlite
            ? new SqliteConnection(_connection)
            : new NpgsqlConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return run(command);
    }
}
