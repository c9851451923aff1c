using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A SQLite file that may not grow any more: SQLite itself says that its disk is full.</summary>
public sealed class FullStoreTests
{
    /// <summary>So many more pages hold the run's rows in the ledger, but no release.</summary>
    const int Room = 12;

    /// <summary>More connections than a run has at a time.</summary>
    const int Connections = 8;

    [Fact]
    public async Task A_full_disk_ends_the_load_readers_keep_their_release_and_the_next_run_publishes()
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();
        await project.ExecuteAsync("insert into events select '00001', item_id, 'purchase', null, at from events where user_id = '00002'");
        var context = Pooled(project);
        await using var serving = Databases.Open(context.Stores["serving"], NullLoggerFactory.Instance);
        await LimitAsync(serving);

        var error = await Assert.ThrowsAsync<StoreException>(() => RunAsync(project, context));
        var during = await project.ReadListsAsync();
        var failed = (await project.Ledger.GetAsync(2, default))!;
        var next = await RunAsync(project, context);

        Assert.Equal((5, false), (error.ExitCode, error.IsTransient));
        Assert.StartsWith("Statement releases/load_list failed in store 'serving' (SQLite 13): ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("The disk is full: make room or keep fewer releases.", error.Message, StringComparison.Ordinal);
        Assert.Equal(("Failed", 5, error.Message), (failed.State, failed.ExitCode, failed.Message));
        Assert.Equal(before.All, during.All);
        Assert.Equal(RunState.Published, next.State);
        Assert.Equal(["current", "retired"], (await project.Releases.ListAsync(ShopJob.Name, default)).Select(release => release.Standing));
        Assert.NotEqual(before.All, (await project.ReadListsAsync()).All);
    }

    static Task<RunOutcome> RunAsync(RefreshProject project, Pipeline.ProjectContext context) =>
        new RefreshRunner(context, project.Log, project.Clock).RunAsync(
            new RunRequest(RefreshProject.JobPath, Trigger: "test"), new RunWatcher(), default);

    /// <summary>The limit belongs to a connection, so the run must get those that have it.</summary>
    static Pipeline.ProjectContext Pooled(RefreshProject project) => project.Context with
    {
        Stores = project.Settings.ToDictionary(
            store => store.Key,
            store => store.Value with
            {
                Connection = store.Value.Connection.Replace("Pooling=false", "Pooling=true", StringComparison.Ordinal),
            }),
    };

    /// <summary>Lets the connections that wait in the pool, until a run ends, make the file hardly larger than it is.</summary>
    static async Task LimitAsync(Database store)
    {
        var connections = new List<IAsyncDisposable>();
        for (int n = 0; n < Connections; n++)
        {
            var connection = await store.OpenAsync(readOnly: false, default);
            connections.Add(connection);
            await using var command = connection.CreateCommand();
            command.CommandText = $"pragma max_page_count = {await CountAsync(connection) + Room}";
            await command.ExecuteNonQueryAsync();
        }
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    static async Task<long> CountAsync(System.Data.Common.DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma page_count";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
