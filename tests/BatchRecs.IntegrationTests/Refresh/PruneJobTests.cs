using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Privacy;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A prune job removes what its limits no longer allow, and nothing that anybody still needs.</summary>
public sealed class PruneJobTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Releases_artifacts_and_runs_that_are_old_go_and_readers_keep_the_current_lists(StoreProvider provider)
    {
        await using var project = await ThreeNightsAsync(provider);
        var lists = await project.ReadListsAsync();

        var outcome = await PruneAsync(project, "releases: { keep: 1 }\nartifacts: { maxAge: 36h }\nledger: { maxAge: 36h }");

        var pruned = Assert.Single(outcome.Recommenders);
        Assert.Equal([1L, 2L], pruned.Releases);
        Assert.Equal(1, pruned.Runs);
        Assert.Equal(1, pruned.Evaluations);
        Assert.Equal([3L], (await project.Releases.ListAsync(ShopJob.Name, default)).Select(release => release.ReleaseId));
        Assert.Equal([3L, 2L], (await project.Ledger.ListAsync(ShopJob.Name, null, 10, default)).Select(run => run.RunId));
        Assert.Equal(lists.All, (await project.ReadListsAsync()).All);
        Assert.Equal(RunState.Unchanged, (await project.RunAsync()).State);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_removes_nothing()
    {
        await using var project = await ThreeNightsAsync(StoreProvider.Sqlite);
        const string Limits = "releases: { maxAge: 36h }\nartifacts: { maxSize: 1kB }";

        var dry = await PruneAsync(project, Limits, isDryRun: true);
        int releases = (await project.Releases.ListAsync(ShopJob.Name, default)).Count;
        var wet = await PruneAsync(project, Limits);

        Assert.Equal(3, releases);
        Assert.Equal([1L], dry.Recommenders.Single().Releases);
        Assert.True(dry.Recommenders.Single().ArtifactBytes > 10_000);
        Assert.Equal(dry.Recommenders.Single() with { Releases = [] }, wet.Recommenders.Single() with { Releases = [] });
        Assert.StartsWith("would remove 1 releases, ", dry.Message, StringComparison.Ordinal);
        Assert.StartsWith("removed 1 releases, ", wet.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await PruneAsync(project, Limits)).Recommenders.Single().Artifacts);
    }

    [Fact]
    public async Task A_release_that_somebody_still_reads_is_not_counted_as_removed()
    {
        await using var project = await ThreeNightsAsync(StoreProvider.Sqlite);
        bool isFirst = true;
        project.Faults = new FaultPoints(name =>
        {
            if (name != "releases/remove_rows" || !isFirst)
                return;
            isFirst = false;
            throw new StoreException("Somebody reads it.", isTransient: true);
        });

        var outcome = await PruneAsync(project, "releases: { keep: 1 }");

        var pruned = Assert.Single(outcome.Recommenders);
        Assert.Equal([2L], pruned.Releases);
        Assert.Equal(1, pruned.StillRead);
        Assert.StartsWith("removed 1 releases (1 more are still read), ", outcome.Message, StringComparison.Ordinal);
        Assert.Equal([3L, 1L], (await project.Releases.ListAsync(ShopJob.Name, default)).Select(release => release.ReleaseId));
    }

    [Fact]
    public async Task The_run_that_made_a_release_stays_as_long_as_the_release()
    {
        await using var project = await ThreeNightsAsync(StoreProvider.Sqlite);

        var outcome = await PruneAsync(project, "ledger: { maxAge: 1d }");

        Assert.Equal(0, outcome.Recommenders.Single().Runs);
        Assert.Equal(3, (await project.Ledger.ListAsync(ShopJob.Name, null, 10, default)).Count);
    }

    [Fact]
    public async Task A_recommender_with_a_run_under_way_is_left_alone()
    {
        await using var project = await ThreeNightsAsync(StoreProvider.Sqlite);
        var owner = LockOwner.New();
        using var presence = owner.Enter();
        var start = new RunStart(
            ShopJob.Name, RefreshProject.JobPath, "hash", "text", project.Clock.GetUtcNow(), false, "test", owner);
        await project.Ledger.StartAsync(start, project.Clock.GetUtcNow(), default);

        var outcome = await PruneAsync(project, "releases: { keep: 1 }");

        Assert.StartsWith(
            "left alone: prune of shop is skipped: already running (run 4 of shop",
            outcome.Recommenders.Single().Note,
            StringComparison.Ordinal);
        Assert.Equal(3, (await project.Releases.ListAsync(ShopJob.Name, default)).Count);
    }

    [Fact]
    public async Task A_recommender_that_does_not_exist_is_named_with_those_that_do()
    {
        await using var project = await ThreeNightsAsync(StoreProvider.Sqlite);

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => PruneAsync(project, "recommenders: [shopp]\nreleases: { keep: 1 }"));

        Assert.Equal(
            "jobs/prune.yaml: recommenders: there is no recommender 'shopp' in store 'serving'; expected one of: shop.", error.Message);
    }

    /// <summary>What a link leads to lies outside the folder of artifacts.</summary>
    [Fact]
    public async Task A_link_in_the_folder_of_artifacts_is_not_followed()
    {
        await using var project = await ThreeNightsAsync(StoreProvider.Sqlite);
        string outside = Directory.CreateDirectory(project.InFolder("outside/train/key")).FullName;
        File.WriteAllText(Path.Combine(outside, "precious"), "kept");
        Directory.CreateSymbolicLink(project.InFolder(".batchrecs/artifacts/shop/linked"), project.InFolder("outside/train"));

        await PruneAsync(project, "artifacts: { maxSize: 1kB }");

        Assert.True(File.Exists(Path.Combine(outside, "precious")));
    }

    /// <summary>Three releases of three nights, of which the last is current.</summary>
    static async Task<RefreshProject> ThreeNightsAsync(StoreProvider provider)
    {
        var project = await RefreshProject.ShopAsync(provider);
        for (int night = 0; night < 3; night++)
        {
            if (night > 0)
                project.Clock.Now += TimeSpan.FromDays(1);
            project.Write(PrivacyProject.QuickJob().With("seed", $"{night}"));
            Assert.Equal(RunState.Published, (await project.RunAsync()).State);
        }
        return project;
    }

    static Task<PruneOutcome> PruneAsync(RefreshProject project, string limits, bool isDryRun = false)
    {
        File.WriteAllText(project.InFolder("jobs/prune.yaml"), $"kind: prune\n{limits}\n");
        return new PruneRunner(project.Context, project.Log, project.Clock).RunAsync("jobs/prune.yaml", isDryRun, default);
    }
}
