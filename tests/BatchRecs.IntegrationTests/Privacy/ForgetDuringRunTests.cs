using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>A run that read a user before the user was forgotten does not bring the user back.</summary>
public sealed class ForgetDuringRunTests
{
    public static TheoryData<StoreProvider, StageName, bool> Moments
    {
        get
        {
            var moments = new TheoryData<StoreProvider, StageName, bool>();
            // The run looks for users who were forgotten between precompute and guard: before and after that.
            foreach (var store in Enum.GetValues<StoreProvider>())
            {
                moments.Add(store, StageName.Extract, true);
                moments.Add(store, StageName.Precompute, true);
                moments.Add(store, StageName.Guard, false);
                moments.Add(store, StageName.Publish, true);
            }
            moments.Add(StoreProvider.Sqlite, StageName.Extract, false);
            foreach (var stage in (StageName[])[StageName.Evaluate, StageName.Weigh, StageName.Train, StageName.Guard])
                moments.Add(StoreProvider.Sqlite, stage, true);
            return moments;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_user_who_is_forgotten_before_or_after_any_stage_is_nowhere_when_the_run_ends(
        StoreProvider serving, StageName stage, bool after)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        // Stages are told in order by the run's own thread, so the run stands still meanwhile.
        void Forget() => Task.Run(() => project.ForgetAsync(PrivacyProject.User)).Wait();
        var watcher = new RunWatcher(
            report => { if (after && report.Stage == stage) Forget(); },
            started => { if (!after && started == stage) Forget(); });

        var outcome = await project.RunAsync(observer: watcher);

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
        var lists = await project.ReadListsAsync();
        Assert.Equal(SomeShop.Users, lists.Main.Select(row => row.Split(' ')[0]).Distinct().Count());
        await project.RunAsync();
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Fact]
    public async Task A_run_that_is_killed_after_a_forget_leaves_nothing_to_the_run_that_resumes()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite);
        using var stop = new CancellationTokenSource();
        var watcher = new RunWatcher(report =>
        {
            if (report.Stage == StageName.Extract)
                Task.Run(() => project.ForgetAsync(PrivacyProject.User)).Wait();
            if (report.Stage == StageName.Train)
                stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => project.RunAsync(observer: watcher, token: stop.Token));
        var outcome = await project.RunAsync();

        Assert.Equal((RunState.Published, StageResult.Computed), (outcome.State, outcome.Stages[0].Result));
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }
}
