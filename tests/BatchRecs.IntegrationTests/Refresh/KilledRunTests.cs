using System.Diagnostics;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Npgsql;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A process that is killed leaves nothing that a later run could mistake for finished work.</summary>
public sealed class KilledRunTests
{
    /// <summary>
    /// The table of releases is locked, so the process waits in precompute; it is killed there, without a chance to say a word.
    /// </summary>
    [Fact]
    public async Task A_process_killed_after_train_is_resumed_at_precompute_with_the_same_lists()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Sqlite, StoreProvider.Postgres);
        var expected = await RefreshProject.UndisturbedAsync();
        await new Migrator(project.Serving, project.Clock).MigrateAsync(default);

        await using (await LockAsync(project.Settings["serving"].Connection, "batchrecs.releases"))
            await KillAfterTrainAsync(project);
        var killed = (await project.Ledger.GetAsync(1, default))!;
        var outcome = await project.RunAsync();
        var after = (await project.Ledger.GetAsync(1, default))!;
        var resumed = (await project.Ledger.GetAsync(outcome.RunId, default))!;

        Assert.Equal("Running", killed.State);
        Assert.Equal("Computed", killed.Stages.Single(stage => stage.Stage == "Train").Result);
        Assert.Equal(
            ("Lost", "lost: the process ended without a word; finished stages are kept, run again to go on"),
            (after.State, after.Message));
        Assert.Equal(killed.AsOf, resumed.AsOf);
        Assert.Equal(
            "Loaded, LeftOut, Loaded, Loaded, Computed, Computed, Computed",
            string.Join(", ", resumed.Stages.Select(stage => stage.Result)));
        Assert.Equal("Published", resumed.State);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    /// <summary>Readers never see rows of a load that was cut off, and the next run removes them.</summary>
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_release_that_was_being_loaded_is_dropped_by_the_next_run(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(
            provider, job: new ShopJob().With("precompute", "{ count: 10, candidates: 40 }"));
        var first = await project.PublishAsync();
        long orphan = await BeginReleaseAsync(project);

        var during = await project.ReadListsAsync();
        var outcome = await project.RunAsync(from: StageName.Precompute);

        Assert.Equal(first.All, during.All);
        Assert.Null(await project.Releases.GetAsync(orphan, default));
        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal(first.All, (await project.ReadListsAsync()).All);
    }

    static async Task<long> BeginReleaseAsync(RefreshProject project)
    {
        var spec = (await project.Releases.FindRecommenderAsync(ShopJob.Name, default))!;
        await using var writer = await project.Releases.BeginAsync(
            ShopJob.Name,
            Some.Start(),
            Some.Ids(spec.UserKind),
            Some.Ids(spec.ItemKind),
            project.Clock.Now,
            default);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(5, 12, 3, score: 9), default);
        return writer.ReleaseId;
    }

    static async Task<NpgsqlConnection> LockAsync(string connectionString, string table)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    static async Task KillAfterTrainAsync(RefreshProject project)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "batchrecs.dll"), "run", RefreshProject.JobPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project.InFolder(""),
        };
        foreach (var (name, store) in project.Settings)
        {
            start.Environment[$"BATCHRECS__stores__{name}__provider"] = store.Provider.ToString();
            start.Environment[$"BATCHRECS__stores__{name}__connection"] = store.Connection;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var seen = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            seen.Add(line);
            if (line.StartsWith("train: computed", StringComparison.Ordinal))
                process.Kill();
        }
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 137, $"The process ended with {process.ExitCode}: {string.Join('\n', seen)}\n{await output}");
    }
}
