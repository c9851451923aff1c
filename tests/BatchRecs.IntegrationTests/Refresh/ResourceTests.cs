using System.Diagnostics;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A run that cannot fit does not begin; one that the disk stops changes nothing for readers.</summary>
public sealed class ResourceTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("disk")]
    public async Task A_run_that_does_not_fit_is_refused_with_the_figures_before_it_begins(string what)
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("limits", $"{{ {what}: 1kB }}"));

        var error = await Assert.ThrowsAsync<ResourceException>(() => project.RunAsync());

        Assert.Equal(7, error.ExitCode);
        Assert.Matches(
            $"^jobs/shop.yaml: a run needs about [0-9.]+.B of {what}; limits.{what} allows 1kB \\(.*\\)\\. .* Nothing was begun\\.$",
            error.Message);
        var run = (await project.Ledger.GetAsync(1, default))!;
        Assert.Equal(("Failed", 7, error.Message), (run.State, run.ExitCode, run.Message));
        Assert.Empty(run.Stages);
        Assert.False(Directory.Exists(project.InFolder(".batchrecs/artifacts")));
    }

    /// <summary>What the sources hold beside the window does not count once there was an extract.</summary>
    [Fact]
    public async Task After_the_first_run_the_estimate_is_made_from_what_was_read()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.PublishAsync();
        await project.ExecuteAsync(
            "insert into events select user_id, item_id, kind, value, '2001-01-01T00:00:00Z' from events "
                + "cross join (select 1 union select 2)",
            "insert into events select user_id, item_id, kind, value, at from events where at < '2002' limit 15000");
        project.Write(new ShopJob().With("limits", "{ memory: 98.5MB }"));

        Assert.Equal(RunState.Unchanged, (await project.RunAsync(asOf: SomeShop.Until)).State);
    }

    [Fact]
    public async Task A_folder_of_artifacts_that_cannot_be_written_is_a_clean_failure_and_the_next_run_goes_on()
    {
        await using var project = await RefreshProject.ShopAsync();
        int writes = 0;
        project.Faults = new(File: name =>
        {
            if (name == "write" && ++writes == 3)
                throw new IOException("No space left on device");
        });

        var error = await Assert.ThrowsAsync<ResourceException>(() => project.RunAsync());
        project.Faults = null;
        var outcome = await project.RunAsync();

        Assert.Equal(
            "The artifact of Extract cannot be written: No space left on device. Expected: room and rights in the folder of artifacts. "
                + "Nothing was published; mend that and run again: finished stages are kept.",
            error.Message);
        Assert.Equal(RunState.Published, outcome.State);
        Assert.Empty(Directory.GetDirectories(project.InFolder(".batchrecs/artifacts/shop/extract"), ".tmp-*"));
    }

    /// <summary>
    /// The operating system lets no file of the process grow beyond 4 kB: the real refusal of a write, in the real program. The runtime
    /// itself then must not map its code twice, for which it makes a large file in memory.
    /// </summary>
    [Fact]
    public async Task A_process_that_the_disk_stops_ends_with_exit_code_7_and_the_next_run_publishes()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);

        var (code, error) = await RunProgramAsync(project, "trap '' XFSZ; exec prlimit --fsize=4096 \"$@\"");
        bool published = (await project.Releases.ListAsync(null, default)).Count > 0;
        var outcome = await project.RunAsync();

        Assert.True(code == 7, $"{code}: {error}");
        Assert.Contains("The artifact of Extract cannot be written: ", error, StringComparison.Ordinal);
        Assert.False(published);
        Assert.Equal(RunState.Published, outcome.State);
    }

    static async Task<(int Code, string Error)> RunProgramAsync(RefreshProject project, string script)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "batchrecs.dll"), "run", RefreshProject.JobPath];
        var start = new ProcessStartInfo("sh", ["-c", script, "sh", .. program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project.InFolder(""),
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (var (name, store) in project.Settings)
        {
            start.Environment[$"BATCHRECS__stores__{name}__provider"] = store.Provider.ToString();
            start.Environment[$"BATCHRECS__stores__{name}__connection"] = store.Connection;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error + await output);
    }
}
