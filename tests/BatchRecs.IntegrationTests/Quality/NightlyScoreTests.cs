using BatchRecs.IntegrationTests.Privacy;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Quality;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Quality;

/// <summary>When served lists are scored, when they are not, and what never happens because of it.</summary>
public sealed class NightlyScoreTests
{
    const string Impressions = "{ impressions: { table: gone, columns: { user: u, item: i, time: t } } }";

    static ShopJob Replayed => new ShopJob()
        .With("scorers", "{ recent: { halfLife: 7d } }")
        .With("evaluate", "{ holdout: 20%, at: [5] }");

    static ShopJob Job => Replayed.With("asOf", "now");

    [Fact]
    public async Task A_night_that_is_run_again_is_kept_once()
    {
        await using var project = await PublishedAsync();

        await project.RunAsync(dryRun: true);
        await project.RunAsync();

        var night = Assert.Single(await NightsAsync(project));
        Assert.Equal((1, 3, 2), (night.ReleaseId, night.RunId, night.Report.Users));
    }

    [Fact]
    public async Task A_run_that_looks_at_the_past_scores_nothing()
    {
        await using var project = await PublishedAsync();

        await project.RunAsync(asOf: SomeShop.Until.AddDays(-1));

        Assert.Empty(await NightsAsync(project));
    }

    [Fact]
    public async Task A_night_in_which_one_customer_alone_took_something_is_not_scored()
    {
        await using var project = await PublishedAsync();
        await project.ExecuteAsync("delete from events where user_id = '00002' and at > '2026-03-01T06:00:00Z'");

        await project.RunAsync();

        Assert.Empty(await NightsAsync(project));
        Assert.Empty(project.Log.Warnings);
    }

    /// <summary>Data that ended long ago are replayed with as-of: there a release serves from the newest event that it knows.</summary>
    [Fact]
    public async Task Nights_of_data_that_ended_can_be_replayed()
    {
        await using var project = await RefreshProject.ShopAsync(job: Replayed);

        await project.RunAsync(asOf: SomeShop.Until.AddDays(-9));
        await project.RunAsync(asOf: SomeShop.Until.AddDays(-4));
        await project.RunAsync(asOf: SomeShop.Until);

        var nights = await NightsAsync(project);
        Assert.Equal([2, 1], nights.Select(night => night.ReleaseId));
        Assert.All(nights, night => Assert.InRange((night.Report.Until - night.Report.Since) / 86_400e6, 3.9, 5.1));
        Assert.True(nights[1].Report.Until <= nights[0].Report.Since + 86_400_000_000);
    }

    /// <summary>Between two runs nobody finds it current: what users took in its time is its own all the same.</summary>
    [Fact]
    public async Task A_release_that_somebody_went_back_from_is_scored_for_its_own_time()
    {
        await using var project = await PublishedAsync();
        await project.RunAsync();
        await TakeAsync(project, "00003", "2026-03-02T06:00:00Z");
        await TakeAsync(project, "00004", "2026-03-02T07:00:00Z");
        project.Clock.Now += TimeSpan.FromHours(4);
        await project.Releases.RollbackAsync(ShopJob.Name, null, project.Clock.Now, default, new Withdrawal("anna", null));
        await TakeAsync(project, "00005", "2026-03-02T16:00:00Z");
        await TakeAsync(project, "00006", "2026-03-02T17:00:00Z");
        await TakeAsync(project, "00007", "2026-03-02T18:00:00Z");
        project.Clock.Now += TimeSpan.FromHours(20);

        await project.RunAsync();

        var nights = await NightsAsync(project);
        Assert.Equal([(2, 2), (1, 3), (1, 2)], nights.Select(night => ((int)night.ReleaseId, night.Report.Users)));
        Assert.Equal(nights[0].Report.Until, nights[1].Report.Since);
    }

    [Theory]
    [InlineData("quality/list_scored")]
    [InlineData("releases/lists_of_users")]
    [InlineData("quality/save_score")]
    [InlineData("releases/exposures")]
    [InlineData("quality/save_figures")]
    public async Task Whatever_goes_wrong_stops_no_publication(string statement)
    {
        await using var project = await PublishedAsync();
        project.Faults = new FaultPoints(name =>
        {
            if (name == statement)
                throw new TimeoutException("The store takes too long.");
        });

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.NotEmpty(project.Log.Warnings);
        Assert.All(
            project.Log.Warnings,
            warning => Assert.EndsWith("the run goes on: The store takes too long.", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Impressions_that_cannot_be_read_cost_their_own_figure_alone()
    {
        await using var project = await PublishedAsync();
        project.Write(Job.With("monitor", Impressions));

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Null(Assert.Single(await NightsAsync(project)).Report.Recommended);
        string warning = Assert.Single(project.Log.Warnings);
        Assert.StartsWith("shop: the impressions could not be read, so nothing is said of them: ", warning, StringComparison.Ordinal);
        Assert.Contains("monitor.impressions (gone)", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_impressions_that_cannot_be_read()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job.With("monitor", Impressions));

        var check = await new JobChecker(project.Context, project.Log, project.Clock).CheckAsync(RefreshProject.JobPath, default);

        Assert.StartsWith("monitor.impressions (gone)", Assert.Single(check.Findings).Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_in_no_figure()
    {
        await using var project = await PublishedAsync();
        await TakeAsync(project, "00003", "2026-03-01T12:00:00Z");
        await project.ForgetAsync("00002");

        await project.RunAsync();

        Assert.Equal(2, Assert.Single(await NightsAsync(project)).Report.Users);
        // Items have such ids too, so other tables may hold it.
        string[] found = await Traces.InTablesAsync(project.Serving, "00002");
        Assert.DoesNotContain(found, table => table.Contains("prequential") || table.Contains("release_figures"));
    }

    [Fact]
    public async Task Nights_in_which_popularity_did_better_are_told_when_there_are_too_many()
    {
        await using var project = await PublishedAsync();
        project.Write(Job.With("monitor", "{ nightsBelow: 1 }"));
        // As if the lists had been useless; what was taken stood on those of popularity.
        await project.ExecuteAsync("update batchrecs_shop_main set item_id = 'useless ' || rank");

        await project.RunAsync();

        Assert.Equal(["shop: the served lists did worse than recent popularity in the last 1 night(s)"], project.Log.Warnings);
    }

    /// <summary>A shop with a release that customers 1 and 2 have taken something under; the next run is a day later.</summary>
    static async Task<RefreshProject> PublishedAsync()
    {
        var project = await RefreshProject.ShopAsync(job: Job);
        await project.PublishAsync();
        await TakeAsync(project, "00001", "2026-03-01T10:00:00Z");
        await TakeAsync(project, "00002", "2026-03-01T11:00:00Z");
        project.Clock.Now += TimeSpan.FromDays(1);
        return project;
    }

    /// <summary>Lets a customer take what stands first on the list that is served.</summary>
    static async Task TakeAsync(RefreshProject project, string user, string at)
    {
        var lists = TwoNights.ListsOf(await project.ReadListsAsync());
        await project.ExecuteAsync($"insert into events values ('{user}', '{lists[user][0]}', 'purchase', null, '{at}')");
    }

    static Task<IReadOnlyList<NightScore>> NightsAsync(RefreshProject project) =>
        new RecommenderQuality(project.Serving, ShopJob.Name).ListAsync(10, default);
}
