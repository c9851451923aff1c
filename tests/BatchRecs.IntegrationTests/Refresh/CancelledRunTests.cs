using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A run that is made to end says who wanted it, changes nothing that readers see, and can be gone on with.</summary>
public sealed class CancelledRunTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static TheoryData<StoreProvider, StageName> Stages
    {
        get
        {
            var data = new TheoryData<StoreProvider, StageName>();
            foreach (var provider in Enum.GetValues<StoreProvider>())
                foreach (var stage in Enum.GetValues<StageName>().Where(stage => stage != StageName.Tune))
                    data.Add(provider, stage);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_run_cancelled_from_elsewhere_is_resumed_with_the_same_lists(StoreProvider provider, StageName stage)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var expected = await RefreshProject.UndisturbedAsync();

        var error = await Assert.ThrowsAsync<RunCancelledException>(() =>
            project.RunAsync(observer: CancelAt(project, stage, new CancelRequest("anna@pc via cli", "too slow"))));
        var run = (await project.Ledger.GetAsync(1, default))!;
        var resumed = await project.RunAsync();

        const string Message = "cancelled by anna@pc via cli (too slow); finished stages are kept, run again to go on";
        Assert.Equal(Message, error.Message);
        Assert.Equal(("Cancelled", 130, Message), (run.State, run.ExitCode, run.Message));
        Assert.Equal(RunState.Published, resumed.State);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        Assert.Equal(run.AsOf, (await project.Ledger.GetAsync(resumed.RunId, default))!.AsOf);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_whose_lock_was_taken_over_ends_and_says_so(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var locks = new RecommenderLocks(project.Serving);
        string table = provider == StoreProvider.Postgres ? "batchrecs.locks" : "batchrecs_locks";
        var watcher = new RunWatcher(started: stage =>
        {
            if (stage != StageName.Precompute)
                return;
            project.ExecuteAsync($"update {table} set expires_at = 1, machine = 'far away'").GetAwaiter().GetResult();
            var (fence, _) = locks.TryTakeAsync(ShopJob.Name, "test", LockOwner.New(), default).GetAwaiter().GetResult();
            Assert.NotNull(fence);
        });

        var error = await Assert.ThrowsAsync<StoreException>(() => project.RunAsync(observer: watcher));

        Assert.StartsWith("The lock of shop was taken over", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, error.ExitCode);
        var run = (await project.Ledger.GetAsync(1, default))!;
        Assert.Equal(("Failed", error.Message), (run.State, run.Message));
        Assert.Equal("test", (await locks.FindAsync(ShopJob.Name, default))!.Purpose);
        Assert.Null(await project.Releases.FindCurrentAsync(ShopJob.Name, default));
    }

    /// <summary>Asks for the end as a stage begins, and holds that stage up until the run has heard of it.</summary>
    static RunWatcher CancelAt(RefreshProject project, StageName stage, CancelRequest request) => new(started: begun =>
    {
        if (begun != stage)
            return;
        var locks = new RecommenderLocks(project.Serving);
        Assert.True(locks.RequestCancelAsync(ShopJob.Name, 1, request, default).GetAwaiter().GetResult());
        string told = $"{ShopJob.Name}: {request.RequestedBy} asked the run to end";
        Assert.True(SpinWait.SpinUntil(() => project.Log.Warnings.Contains(told), Patience));
    });
}
