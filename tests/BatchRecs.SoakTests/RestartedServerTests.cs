using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline.Runs;
using BatchRecs.SoakTests.Support;
using BatchRecs.Store;

namespace BatchRecs.SoakTests;

/// <summary>The server crashes and comes back while a stage works: the run completes or fails cleanly, and nobody notices.</summary>
[Collection(Alone.Name)]
public sealed class RestartedServerTests : IAsyncLifetime, IDisposable
{
    const int Users = 600;

    readonly PostgresCluster _cluster = new("restarted", "-c synchronous_commit=on");
    SoakShop _shop = null!;

    public async Task InitializeAsync() => _shop = await SoakShop.CreateAsync(StoreProvider.Postgres, Users, _cluster);

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task In_whichever_stage_the_server_restarts_readers_and_the_next_run_do_not_notice()
    {
        var outcomes = new SortedDictionary<string, RunEnded>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var stage in Enum.GetValues<StageName>().Where(stage => stage != StageName.Tune))
            foreach (string moment in (string[])["beside", "between"])
            {
                _shop.Restore();
                var restart = new RestartOnce(_cluster, stage, isBeside: moment == "beside");
                var ended = await _shop.TryRunAsync(observer: restart);
                await restart.Done;
                if (!restart.WasReached)
                    continue;
                outcomes[$"{stage} {moment}"] = ended;
                if (ended.IsBug)
                    wrong.Add($"{stage} {moment}: {ended.What}");
                wrong.AddRange((await Aftermath.CheckAsync(_shop)).Select(violation => $"{stage} {moment}: {violation}"));
            }
        int completed = outcomes.Values.Count(ended => ended.IsDone);
        SoakReport.Write(
            "restarted-server",
            $"restarted server: {outcomes.Count} restarts in 7 stages, {completed} runs completed, {outcomes.Count - completed} failed " +
            $"cleanly, {wrong.Count} violations",
            new { restarts = outcomes.Count, completed, outcomes, violations = wrong });
        Assert.Empty(wrong);
        Assert.Equal(7, outcomes.Keys.Select(key => key.Split(' ')[0]).Distinct().Count());
    }

    /// <summary>Restarts the server when a stage begins, beside its work, or in the middle of it, when it first reports progress.</summary>
    sealed class RestartOnce(PostgresCluster cluster, StageName stage, bool isBeside) : IRunObserver
    {
        int _reached;

        /// <summary>Gets a value indicating whether the stage came to the moment.</summary>
        public bool WasReached => _reached == 1;

        /// <summary>Gets the restart.</summary>
        public Task Done { get; private set; } = Task.CompletedTask;

        public void StageStarted(StageName started)
        {
            if (started == stage && isBeside && Interlocked.Exchange(ref _reached, 1) == 0)
                Done = Task.Run(Restart);
        }

        public void Progress(StageName working, StageProgress progress)
        {
            if (working == stage && !isBeside && Interlocked.Exchange(ref _reached, 1) == 0)
                Restart();
        }

        public void StageFinished(StageReport report)
        {
        }

        void Restart()
        {
            cluster.Crash();
            cluster.Start();
        }
    }
}
