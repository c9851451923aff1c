using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>When a run makes a release, when it finds one, and what readers see meanwhile.</summary>
public sealed class ReleaseTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Nothing_changed_means_unchanged(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider, job: new ShopJob().With("asOf", "now"));
        var first = await project.RunAsync();

        project.Clock.Now += TimeSpan.FromDays(1);
        var second = await project.RunAsync();

        Assert.Equal(RunState.Unchanged, second.State);
        Assert.Equal(first.ReleaseId, second.ReleaseId);
        Assert.Equal(
            $"unchanged: release {first.ReleaseId} is current already and nothing it depends on has changed", second.Message);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal("Computed, LeftOut, Loaded, Loaded, Loaded", string.Join(", ", second.Stages.Take(5).Select(stage => stage.Result)));
        Assert.Single(await project.Releases.ListAsync(ShopJob.Name, default));
    }

    [Theory]
    [InlineData("update events set item_id = '00077' where user_id = '00005' and item_id <> '00077'")]
    [InlineData("update items set categories = 'art' where item_id = '00003'")]
    public async Task A_changed_row_in_the_warehouse_makes_a_new_release(string change)
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();

        await project.ExecuteAsync(change);
        var outcome = await project.RunAsync();

        Assert.Equal((RunState.Published, 2L), (outcome.State, outcome.ReleaseId));
        Assert.NotEqual(before.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_run_that_published_has_done_so_whatever_happens_while_it_tidies_up()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("publish", "{ keepReleases: 1 }"));
        await project.PublishAsync();
        await project.ExecuteAsync("delete from events where user_id = '00005'");
        project.Faults = new FaultPoints(name =>
        {
            if (name == "releases/mark_dropping")
                throw new TimeoutException("The removal takes too long.");
        });

        var outcome = await project.RunAsync();

        Assert.Equal((RunState.Published, 2L), (outcome.State, outcome.ReleaseId));
        Assert.Contains(project.Log.Warnings, warning => warning.Contains("The removal takes too long.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_publishes_nothing_and_the_next_run_publishes_what_it_built()
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();
        await project.ExecuteAsync("delete from events where user_id = '00005'");

        var dry = await project.RunAsync(dryRun: true);
        var during = await project.ReadListsAsync();
        var next = await project.RunAsync();

        Assert.Equal((RunState.DryRun, 0), (dry.State, dry.ExitCode));
        Assert.Equal("dry run: release 2 is built and could be published", dry.Message);
        Assert.Equal(before.All, during.All);
        Assert.Equal((RunState.Published, 2L), (next.State, next.ReleaseId));
        Assert.Equal(StageResult.Loaded, next.Stages.Single(stage => stage.Stage == StageName.Precompute).Result);
        Assert.NotEqual(before.All, (await project.ReadListsAsync()).All);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_release_that_was_changed_in_the_store_is_not_published_and_can_be_made_anew(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var before = await project.PublishAsync();
        await project.ExecuteAsync("delete from events where user_id = '00005'");
        await project.RunAsync(dryRun: true);
        await project.ExecuteAsync(provider == StoreProvider.Postgres
            ? "delete from batchrecs.shop_main_r2 where user_id = '00006'"
            : "delete from batchrecs_shop_main where user_id = '00006' and release_id = 2");

        var error = await Assert.ThrowsAsync<StoreException>(() => project.RunAsync());
        var during = await project.ReadListsAsync();
        var healed = await project.RunAsync(from: StageName.Precompute);

        Assert.StartsWith(
            "Release 2 of shop is not published, because store 'serving' holds other rows than were made: rows of the main lists: ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(before.All, during.All);
        Assert.Equal((RunState.Published, 3L), (healed.State, healed.ReleaseId));
        var publish = healed.Stages.Single(stage => stage.Stage == StageName.Publish);
        Assert.Matches(@"^release 3 is current; [0-9,]+ rows checked in [0-9.]+ s$", publish.Note);
    }

    [Fact]
    public async Task A_backfill_serves_what_was_known_then()
    {
        var then = SomeShop.Until.AddDays(-30);
        await using var past = await RefreshProject.ShopAsync(events: [.. SomeShop.Events.Where(e => e.At <= then)]);
        await using var project = await RefreshProject.ShopAsync();
        var expected = await past.PublishAsync();

        var outcome = await project.RunAsync(asOf: then);

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal(then, (await project.Ledger.GetAsync(outcome.RunId, default))!.AsOf);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task Releases_beyond_the_limit_are_removed_and_one_that_is_gone_is_made_again()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("publish", "{ keepReleases: 1 }"));
        var first = await project.PublishAsync();
        project.Write(new ShopJob().With("publish", "{ keepReleases: 1 }").With("precompute", "{ count: 15 }"));
        var second = await project.RunAsync();
        var left = await project.Releases.ListAsync(ShopJob.Name, default);

        project.Write(new ShopJob().With("publish", "{ keepReleases: 1 }"));
        var third = await project.RunAsync();

        Assert.Equal([second.ReleaseId!.Value], left.Select(release => release.ReleaseId));
        Assert.Equal(StageResult.Loaded, third.Stages.Single(stage => stage.Stage == StageName.Train).Result);
        Assert.Equal(StageResult.Computed, third.Stages.Single(stage => stage.Stage == StageName.Precompute).Result);
        Assert.Equal((RunState.Published, 3L), (third.State, third.ReleaseId));
        Assert.Equal(first.All, (await project.ReadListsAsync()).All);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task After_a_rollback_runs_keep_to_it_until_something_changes_or_somebody_rolls_forward(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var first = await project.PublishAsync();
        await project.ExecuteAsync("delete from events where user_id = '00005'");
        var second = await project.PublishAsync();
        var at = new DateTimeOffset(2026, 3, 4, 7, 0, 0, TimeSpan.Zero);
        await project.Releases.RollbackAsync(ShopJob.Name, to: null, at, default, new Withdrawal("anna@pc via cli", "odd lists"));

        var withheld = await project.RunAsync();
        var computedAnew = await project.RunAsync(from: StageName.Precompute);
        var during = await project.ReadListsAsync();
        await project.Releases.RollbackAsync(ShopJob.Name, to: 2, at.AddHours(1), default);
        var forward = await project.ReadListsAsync();
        var unchanged = await project.RunAsync(fresh: true);

        Assert.Equal((RunState.Withheld, 0), (withheld.State, withheld.ExitCode));
        Assert.Equal(
            "withheld: nothing has changed since release 2, which was withdrawn 2026-03-04 07:00:00Z by anna@pc via cli (odd lists). "
            + "Readers keep the current release; batchrecs releases rollback JOB --to 2 brings it back",
            withheld.Message);
        Assert.Equal(RunState.Withheld, computedAnew.State);
        Assert.Equal(first.All, during.All);
        Assert.Equal(second.All, forward.All);
        Assert.Equal(RunState.Published, unchanged.State);
        Assert.Equal(second.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_new_release_follows_a_rollback_that_came_while_it_was_made_and_says_so()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.RunAsync();
        await project.ExecuteAsync("delete from events where user_id = '00005'");
        await project.RunAsync();
        await project.ExecuteAsync("delete from events where user_id = '00006'");
        var at = project.Clock.Now.AddMinutes(1);
        var watcher = new RunWatcher(started: stage =>
        {
            if (stage == StageName.Guard)
                project.Releases.RollbackAsync(ShopJob.Name, null, at, default, new Withdrawal("anna", null)).GetAwaiter().GetResult();
        });

        var outcome = await project.RunAsync(observer: watcher);

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal($"release 3 is current; release 2 was withdrawn {at:u} by anna meanwhile", outcome.Message);
    }

    /// <summary>The views consult the relation that the job names now, also when the release of that job is still there.</summary>
    [Fact]
    public async Task A_job_that_goes_back_to_an_earlier_live_relation_gets_its_views_back()
    {
        static ShopJob Live(string table) => new ShopJob().With("live", $"{{ eligible: {{ table: {table}, item: item_id }} }}");
        await using var project = await RefreshProject.ShopAsync(job: Live("everything"));
        await project.ExecuteAsync(
            "create table everything as select item_id from items",
            "create table little as select item_id from items where item_id < '00010'");
        var first = await project.PublishAsync();
        project.Write(Live("little"));
        var second = await project.PublishAsync();

        project.Write(Live("everything"));
        var third = await project.PublishAsync();

        Assert.True(second.Main.Length < first.Main.Length);
        Assert.Equal(first.All, third.All);
    }

    /// <summary>
    /// The rows say the same with wider ids, but readers rely on the type of the column: it must not change behind their backs.
    /// </summary>
    [Fact]
    public async Task Ids_that_became_wider_are_refused_until_the_tables_are_made_anew()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres, ids: IdKind.Int32);
        var before = await project.PublishAsync();
        await project.ExecuteAsync("alter table events alter column user_id type bigint");

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => project.RunAsync());
        var during = await project.ReadListsAsync();
        await project.Releases.DropRecommenderAsync(ShopJob.Name, default);
        var after = await project.PublishAsync();

        Assert.Contains(
            "user ids of type Int32 and item ids of type Int32, now they are Int64 and Int32", error.Message, StringComparison.Ordinal);
        Assert.Equal(before.All, during.All);
        Assert.Equal(before.All, after.All);
        Assert.Equal(IdKind.Int64, (await project.Releases.FindRecommenderAsync(ShopJob.Name, default))!.UserKind);
    }

    /// <summary>A week of refusals must neither fill the disk nor push out the releases that an operator can go back to.</summary>
    [Fact]
    public async Task Refused_releases_do_not_pile_up_and_do_not_push_out_published_ones()
    {
        static ShopJob Job(int minUsers) => new ShopJob().With("publish", "{ keepReleases: 2 }").With(
            "guard", $"{{ minUsers: {minUsers}, noWorseThan: [] }}");
        await using var project = await RefreshProject.ShopAsync(job: Job(0));
        await project.RunAsync();
        await NightAsync(project, 1);
        await project.RunAsync();

        project.Write(Job(301));
        for (int user = 2; user <= 5; user++)
        {
            await NightAsync(project, user);
            Assert.Equal(RunState.Refused, (await project.RunAsync()).State);
        }
        var refused = await project.Releases.ListAsync(ShopJob.Name, default);
        project.Write(Job(0));
        var outcome = await project.RunAsync();
        var published = await project.Releases.ListAsync(ShopJob.Name, default);

        Assert.Equal([6, 2, 1], refused.Select(release => release.ReleaseId));
        Assert.Equal((RunState.Published, 6L), (outcome.State, outcome.ReleaseId));
        Assert.Equal([6, 2], published.Select(release => release.ReleaseId));
        Assert.Equal(2, (await project.Releases.RollbackAsync(ShopJob.Name, to: null, project.Clock.Now, default)).ReleaseId);
    }

    [Fact]
    public async Task A_release_remembers_the_job_the_run_and_the_newest_event_behind_it()
    {
        await using var project = await RefreshProject.ShopAsync();

        var outcome = await project.RunAsync();
        var release = (await project.Releases.GetAsync(outcome.ReleaseId!.Value, default))!;

        Assert.True(release.IsCurrent);
        Assert.Equal(outcome.RunId, release.RunId);
        Assert.Equal(new ShopJob().ToString(), release.JobDefinition);
        Assert.Equal(SomeShop.Until, Micros.ToTime(release.DataUntil));
        Assert.Equal(
            (300, 3000, 312, 78), (release.Counts!.Users, release.Counts.Recommendations, release.Counts.Similar, release.Counts.Items));
    }

    /// <summary>Lets a night pass in which the events of a user go.</summary>
    static Task NightAsync(RefreshProject project, int user)
    {
        project.Clock.Now += TimeSpan.FromDays(1);
        return project.ExecuteAsync($"delete from events where user_id = '{user:00000}'");
    }
}
