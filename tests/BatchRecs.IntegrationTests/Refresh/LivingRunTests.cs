using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Refresh;

public sealed class LivingRunTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_ends_at_once_while_another_of_the_recommender_is_under_way(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var runner = new RefreshRunner(project.Context, project.Log, project.Clock);
        var request = new RunRequest(RefreshProject.JobPath, Trigger: "test");
        using var isTraining = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var watcher = new RunWatcher(started: stage =>
        {
            if (stage != StageName.Train)
                return;
            isTraining.Set();
            Assert.True(mayGoOn.Wait(Patience));
        });

        var first = Task.Run(() => runner.RunAsync(request, watcher, default));
        Assert.True(isTraining.Wait(Patience));
        var second = await runner.RunAsync(request, new RunWatcher(), default);
        var busy = await Assert.ThrowsAsync<BusyException>(
            () => RunLease.TakeAsync(project.Serving, ShopJob.Name, "migrate --recreate", project.Log, default));
        mayGoOn.Set();
        var outcome = await first;

        Assert.Equal((RunState.Skipped, 75), (second.State, second.ExitCode));
        // The stage that the watcher held up is not in the ledger yet.
        Assert.Matches(
            $"^skipped: already running \\(run {outcome.RunId} of shop on {Environment.MachineName}, "
            + $"process {Environment.ProcessId}, since [-0-9: ]{{19}}Z, stage weigh\\)$",
            second.Message);
        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal(75, busy.ExitCode);
        Assert.StartsWith(
            $"migrate --recreate of shop is skipped: already running (run {outcome.RunId} of shop on ",
            busy.Message,
            StringComparison.Ordinal);
        var recorded = (await project.Ledger.GetAsync(second.RunId, default))!;
        Assert.Equal(("Skipped", 75, second.Message), (recorded.State, recorded.ExitCode, recorded.Message));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_that_falls_silent_between_publication_and_ledger_ends_published_all_the_same(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        string given = "";
        project.Faults = AtTheEnd(() => given = TakeOverAsync(project).GetAwaiter().GetResult());

        var outcome = await project.RunAsync();

        var run = (await project.Ledger.GetAsync(outcome.RunId, default))!;
        Assert.Equal(("Lost", RunState.Published, "Published", 1L), (given, outcome.State, run.State, run.ReleaseId));
        Assert.Equal(1, (await project.Releases.FindCurrentAsync(ShopJob.Name, default))!.ReleaseId);
    }

    [Fact]
    public async Task A_run_that_falls_silent_and_has_published_nothing_stays_lost_and_the_log_says_how_it_ended()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", "{ minUsers: 100000 }"));
        string given = "";
        project.Faults = AtTheEnd(() => given = TakeOverAsync(project).GetAwaiter().GetResult());

        var outcome = await project.RunAsync();

        var run = (await project.Ledger.GetAsync(outcome.RunId, default))!;
        Assert.Equal(("Lost", RunState.Refused, "Lost"), (given, outcome.State, run.State));
        Assert.Contains(
            $"The ledger keeps that run {outcome.RunId} was given up as lost: it ended Refused, but only after its lease ran out",
            project.Log.Warnings);
    }

    /// <summary>Does something just before a run tells the ledger how it ended.</summary>
    static FaultPoints AtTheEnd(Action act)
    {
        int calls = 0;
        return new FaultPoints(name =>
        {
            if (name == "ledger/finish_run" && Interlocked.Increment(ref calls) == 1)
                act();
        });
    }

    /// <summary>Another run begins, as it may once the lease of the first has run out.</summary>
    /// <returns>What the ledger says of the first run then.</returns>
    static async Task<string> TakeOverAsync(RefreshProject project)
    {
        string table = project.Serving.Settings.Provider == StoreProvider.Postgres ? "batchrecs.locks" : "batchrecs_locks";
        await project.ExecuteAsync($"update {table} set expires_at = 1, machine = 'far away'");
        var now = project.Clock.GetUtcNow();
        var next = new RunStart(ShopJob.Name, RefreshProject.JobPath, "hash", "text", now, false, "test", LockOwner.New());
        Assert.NotNull((await project.Ledger.StartAsync(next, now, default)).Fence);
        return (await project.Ledger.GetAsync(1, default))!.State;
    }
}
