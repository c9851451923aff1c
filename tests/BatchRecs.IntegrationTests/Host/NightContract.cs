using System.Net;
using BatchRecs.IntegrationTests.Support;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>A scheduled night with the built program, on each kind of store: nothing is played.</summary>
public abstract class NightContract : IAsyncLifetime
{
    SmallProject Project { get; set; } = null!;

    /// <summary>Returns the connection string of an empty PostgreSQL database; null for a SQLite file.</summary>
    protected abstract Task<string?> PostgresAsync();

    /// <summary>Returns an internal table as SQL has it on this store.</summary>
    protected abstract string Internal(string table);

    /// <summary>Returns a view of the contract as SQL has it on this store.</summary>
    protected abstract string View(string name);

    public async Task InitializeAsync()
    {
        Project = new SmallProject(await PostgresAsync());
        Project.EverySecond();
    }

    public Task DisposeAsync()
    {
        Project.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_schedule_publishes_a_release_and_the_server_is_ready()
    {
        using var server = Project.Start("serve", "--urls", "http://127.0.0.1:0");
        var address = Address(await server.LineAsync("Listening on "));
        await server.LineAsync("ended Published: release 1 is current");

        using var client = new HttpClient();
        var ready = await client.GetAsync(new Uri(address, "/health/ready"));
        await StopAsync(server);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal("Published schedule:every_second", FirstRun("state || ' ' || triggered_by"));
        Assert.Equal($"{SmallProject.Customers}", Project.Read($"select count(distinct user_id) from {View("shop_recommendations")}"));
    }

    [Fact]
    public async Task A_restart_keeps_the_schedule_and_finds_nothing_new_to_publish()
    {
        await ServeUntilAsync("ended Published: ");
        string started = Project.Read("select start_time from " + Scheduler("qrtz_triggers"));
        string runs = Project.Read($"select max(run_id) from {Internal("runs")}");

        await ServeUntilAsync("ended Unchanged: ");

        Assert.Equal(started, Project.Read("select start_time from " + Scheduler("qrtz_triggers")));
        Assert.Equal(
            "schedule:every_second",
            Project.Read($"select distinct triggered_by from {Internal("runs")} where run_id > {runs} and state = 'Unchanged'"));
        Assert.Equal("1", Project.Read($"select count(*) from {View("releases")}"));
    }

    /// <summary>Returns a table of the scheduler as SQL has it on this store.</summary>
    protected abstract string Scheduler(string table);

    async Task ServeUntilAsync(string line)
    {
        using var server = Project.Start("serve", "--urls", "http://127.0.0.1:0");
        await server.LineAsync(line);
        await StopAsync(server);
    }

    static async Task StopAsync(RunningProgram server)
    {
        server.Terminate();
        Assert.Equal(0, (await server.EndAsync()).Code);
    }

    static Uri Address(string line)
    {
        int start = line.IndexOf("http://", StringComparison.Ordinal);
        return new Uri(line[start..line.IndexOf(',', start)]);
    }

    string FirstRun(string columns) => Project.Read($"select {columns} from {Internal("runs")} where run_id = 1");
}

public sealed class SqliteNightTests : NightContract
{
    protected override Task<string?> PostgresAsync() => Task.FromResult<string?>(null);

    protected override string Internal(string table) => $"batchrecs_{table}";

    protected override string View(string name) => name == "releases" ? "batchrecs_releases" : name;

    protected override string Scheduler(string table) => table;
}

public sealed class PostgresNightTests : NightContract
{
    protected override async Task<string?> PostgresAsync() => await new PostgresFixture().CreateDatabaseAsync();

    protected override string Internal(string table) => $"batchrecs.{table}";

    protected override string View(string name) => $"recs.{name}";

    protected override string Scheduler(string table) => $"batchrecs.{table}";
}
