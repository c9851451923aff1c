using BatchRecs.Pipeline.Runs;

namespace BatchRecs.IntegrationTests.Refresh;

public sealed class LivingRunTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_run_ends_at_once_while_another_of_the_recommender_is_under_way()
    {
        await using var project = await RefreshProject.ShopAsync();
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
        mayGoOn.Set();
        var outcome = await first;

        Assert.Equal((RunState.Skipped, 75), (second.State, second.ExitCode));
        Assert.StartsWith($"skipped: already running (run {outcome.RunId} of shop, since ", second.Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Published, outcome.State);
    }
}
