using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A guard that refuses: nothing is published, every reason is named, readers keep what they have.</summary>
public sealed class GuardedRunTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_refusal_publishes_nothing_and_names_every_broken_rule(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var before = await project.PublishAsync();
        project.Write(new ShopJob().With("guard", "{ minUsers: 301, minListLength: 10, minCoverage: 1, noWorseThan: [] }"));

        // Something has changed too, so that there is a new release to refuse.
        await project.ExecuteAsync("delete from events where user_id = '00005'");
        var outcome = await project.RunAsync();
        var run = (await project.Ledger.GetAsync(outcome.RunId, default))!;

        Assert.Equal((RunState.Refused, 6), (outcome.State, outcome.ExitCode));
        Assert.StartsWith(
            "refused, nothing was published: 299 users have a list, the limit is 301. ", outcome.Message, StringComparison.Ordinal);
        Assert.Matches(@" \d+(\.\d+)? % of the items appear in the first 10 ranks of some list, the limit is 100 %\. ", outcome.Message);
        Assert.Equal("refused: minUsers, minCoverage", outcome.Stages.Single(stage => stage.Stage == StageName.Guard).Note);
        Assert.Equal(("Refused", 6, outcome.Message), (run.State, run.ExitCode, run.Message));
        Assert.Equal(
            ["Guard minUsers refuses", "Guard minCoverage refuses"], project.Log.Warnings.Select(warning => warning.Split(':')[0]));
        Assert.Equal(1, (await project.Releases.FindCurrentAsync(ShopJob.Name, default))!.ReleaseId);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_first_release_that_is_refused_leaves_readers_with_empty_views()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", "{ minUsers: 301 }"));

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Refused, outcome.State);
        Assert.Empty((await project.ReadListsAsync()).All);
    }

    /// <summary>A refused run came to an end: the next one takes the events of its own moment.</summary>
    [Fact]
    public async Task A_refused_run_is_not_resumed_but_its_release_is_published_once_the_limit_is_lowered()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("asOf", "now").With("guard", "{ minUsers: 301 }"));
        var refused = await project.RunAsync();

        project.Clock.Now += TimeSpan.FromHours(1);
        project.Write(new ShopJob().With("asOf", "now").With("guard", "{ minUsers: 300 }"));
        var outcome = await project.RunAsync();

        Assert.Equal(project.Clock.Now, (await project.Ledger.GetAsync(outcome.RunId, default))!.AsOf, TimeSpan.FromMicroseconds(1));
        Assert.Equal((RunState.Published, refused.ReleaseId), (outcome.State, outcome.ReleaseId));
        Assert.Equal(StageResult.Loaded, outcome.Stages.Single(stage => stage.Stage == StageName.Precompute).Result);
    }

    /// <summary>The verdict of a measurement holds also on the nights that do not measure.</summary>
    [Fact]
    public async Task Lists_that_are_worse_than_a_baseline_are_refused_also_by_a_measurement_of_an_earlier_night()
    {
        // Who counts only the last hour recommends little better than by chance.
        var job = new ShopJob()
            .With("scorers", "{ recent: { halfLife: 1h } }")
            .With("guard", "{ minCoverage: 0, noWorseThan: [popular, recent, last-7-days] }");
        await using var project = await RefreshProject.ShopAsync(job: job);

        var measured = await project.RunAsync();
        project.Clock.Now += TimeSpan.FromDays(1);
        var carried = await project.RunAsync();

        Assert.Equal(RunState.Refused, measured.State);
        Assert.Equal(StageResult.Computed, measured.Stages[1].Result);
        Assert.Equal(StageResult.LeftOut, carried.Stages[1].Result);
        Assert.StartsWith("measured 2026-03-01 by run 1: recipe NDCG@5 0.", carried.Stages[1].Note, StringComparison.Ordinal);
        Assert.Equal((RunState.Refused, measured.Message), (carried.State, carried.Message));
        Assert.Contains("NDCG@5 differs from 'popular' by -0.", carried.Message, StringComparison.Ordinal);
        Assert.Contains("NDCG@5 differs from 'recent' by -0.", carried.Message, StringComparison.Ordinal);
    }
}
