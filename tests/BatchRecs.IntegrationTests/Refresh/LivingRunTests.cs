using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

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
}
