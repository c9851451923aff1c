using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>The warehouse may be a hot standby, the serving store may not.</summary>
public sealed class StandbyTests
{
    static readonly Lazy<PostgresCluster> Standby = new(() => new PostgresCluster(
        "brsb",
        $"-p {SecureServer.Instance.Port} -c listen_addresses= -c hot_standby=on -c max_standby_streaming_delay=0 -c ssl=off",
        create: CopyPrimary));

    [Fact]
    public async Task A_standby_serves_as_the_warehouse_and_is_refused_as_the_serving_store()
    {
        string primary = await SecureServer.Instance.CreateDatabaseAsync();
        string standby = await CopyAsync(primary);
        await using var project = await RefreshProject.ShopAsync();
        var asWarehouse = Context(project, standby, project.Settings["serving"]);
        var asBoth = Context(project, standby, new StoreSettings("serving", StoreProvider.Postgres, standby));

        Assert.Empty((await CheckAsync(project, asWarehouse)).Findings);
        var outcome = await new RefreshRunner(asWarehouse, project.Log, project.Clock).RunAsync(
            new RunRequest(RefreshProject.JobPath), new RunWatcher(), default);
        var refused = (await CheckAsync(project, asBoth)).Findings;

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Contains(
            refused,
            finding => finding.Message == "the server is a standby, which takes no writes: connect to its primary"
                && finding.Where == "stores.serving");
    }

    /// <summary>The primary removes rows that a query on the standby still sees: the standby ends the query.</summary>
    [Fact]
    public async Task A_query_that_the_standby_cancels_fails_as_something_that_may_pass()
    {
        string primary = await SecureServer.Instance.CreateDatabaseAsync();
        string standby = await CopyAsync(primary);
        await using var store = (PostgresDatabase)Databases.Open(
            new StoreSettings("warehouse", StoreProvider.Postgres, standby), NullLoggerFactory.Instance);
        await using var connection = new NpgsqlConnection(standby);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var look = new NpgsqlCommand("select count(*) from events", connection, transaction);
        Assert.Equal((long)SomeShop.Events.Count, await look.ExecuteScalarAsync());

        await AppliedAsync(primary, "delete from events");
        await AppliedAsync(primary, "vacuum events");
        await AppliedAsync(primary, "insert into events (user_id) values ('after')");
        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => look.ExecuteScalarAsync());

        var explained = store.Explain("extract/events", error);
        Assert.True(explained.IsTransient, explained.Message);
    }

    static void CopyPrimary(string folder)
    {
        PostgresBinaries.Run(
            "pg_basebackup", "-h", SecureServer.Instance.Folder, "-p", $"{SecureServer.Instance.Port}", "-U", "postgres", "-D", folder,
            "-R", "-X", "stream", "-c", "fast", "--no-sync");
        // The primary's socket lies among its data, and the lock of it was copied too.
        File.Delete(Path.Combine(folder, $".s.PGSQL.{SecureServer.Instance.Port}.lock"));
    }

    /// <summary>Fills a database of the primary with the shop and waits until the standby has it.</summary>
    static async Task<string> CopyAsync(string primary)
    {
        string standby = new NpgsqlConnectionStringBuilder(primary) { Host = Standby.Value.Folder, Pooling = false }.ConnectionString;
        await RoleSandbox.ExecuteAsync(primary, "alter system set synchronous_standby_names = '*'");
        await RoleSandbox.ExecuteAsync(primary, "select pg_reload_conf()");
        foreach (string statement in SomeShop.Statements(Core.Data.IdKind.Text, isPostgres: true, SomeShop.Events))
            await RoleSandbox.ExecuteAsync(primary, statement);
        await AppliedAsync(primary, "create table all_there (n integer)");
        return standby;
    }

    /// <summary>Runs a statement on the primary that ends only when the standby shows its result.</summary>
    static Task AppliedAsync(string primary, string sql) => RoleSandbox.ExecuteAsync(
        new NpgsqlConnectionStringBuilder(primary) { Options = "-c synchronous_commit=remote_apply" }.ConnectionString, sql);

    static ProjectContext Context(RefreshProject project, string warehouse, StoreSettings serving) => project.Context with
    {
        Stores = new Dictionary<string, StoreSettings>
        {
            ["warehouse"] = new("warehouse", StoreProvider.Postgres, warehouse),
            ["serving"] = serving,
        },
    };

    static Task<JobCheck> CheckAsync(RefreshProject project, ProjectContext context) =>
        new JobChecker(context, project.Log, project.Clock).CheckAsync(RefreshProject.JobPath, default);
}
