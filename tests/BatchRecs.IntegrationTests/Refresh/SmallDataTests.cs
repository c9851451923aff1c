using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>
/// Data at the edge: none, nearly none, all alike. A run ends with lists or with an error that says what to do, never in between.
/// </summary>
public sealed class SmallDataTests
{
    [Fact]
    public async Task An_empty_source_is_an_error_that_publishes_nothing()
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();
        await project.ExecuteAsync("delete from events");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.Equal(
            "jobs/shop.yaml: the sources hold no event with a readable time up to now. Check that they are filled; nothing was published.",
            error.Message);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task An_empty_source_of_a_living_shop_is_recorded_as_a_failed_run()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("asOf", "now"), events: [SomeShop.Events[0]]);
        await project.ExecuteAsync("delete from events");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());
        var run = (await project.Ledger.GetAsync(1, default))!;

        Assert.Equal(("Failed", 3, error.Message), (run.State, run.ExitCode, run.Message));
        Assert.Equal(("Extract", error.Message), (run.Stages.Single().Stage, run.Stages.Single().Error));
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, default));
    }

    [Fact]
    public async Task Only_bad_rows_are_an_error_that_shows_the_first_of_them()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("asOf", "now"));
        await project.ExecuteAsync("update events set item_id = null");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.Contains("item is null (column item_id): item null, time 20", error.Message, StringComparison.Ordinal);
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, default));
    }

    [Fact]
    public async Task A_few_bad_rows_are_counted_and_left_out()
    {
        await using var clean = await RefreshProject.ShopAsync();
        await using var project = await RefreshProject.ShopAsync();
        await project.ExecuteAsync(
            "insert into events values (null, '00001', 'view', null, '2026-02-01T00:00:00Z'), "
            + "('00001', null, 'view', null, '2026-02-01T00:00:00Z')");
        var expected = await clean.PublishAsync();

        var outcome = await project.RunAsync();

        Assert.EndsWith(", 2 bad rows", outcome.Stages[0].Note, StringComparison.Ordinal);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    /// <summary>One user teaches nobody anything: there is no list to serve but the popular one, and nothing to measure.</summary>
    [Fact]
    public async Task One_user_gets_popular_lists_and_a_list_to_buy_again()
    {
        await using var project = await RefreshProject.ShopAsync(job: Unguarded(), events: [.. SomeShop.Events.Where(e => e.User == 0)]);

        var outcome = await project.RunAsync();
        var lists = await project.ReadListsAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal(StageResult.LeftOut, outcome.Stages[1].Result);
        Assert.Empty(lists.Main);
        Assert.NotEmpty(lists.Again);
        Assert.NotEmpty(lists.Popular);
    }

    [Fact]
    public async Task One_item_is_popular_and_never_recommended_to_those_who_have_it()
    {
        await using var project = await RefreshProject.ShopAsync(job: Unguarded(), events: [.. SomeShop.Events.Where(e => e.Item == 1)]);

        var outcome = await project.RunAsync();
        var lists = await project.ReadListsAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Empty(lists.Main);
        Assert.Empty(lists.Similar);
        Assert.Contains(lists.Popular, row => row.StartsWith("all popular 1 00002 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_who_all_took_the_same_items_get_no_list_because_nothing_is_left()
    {
        ShopEvent[] alike = [.. from user in Enumerable.Range(0, 50)
                                from item in Enumerable.Range(0, 10)
                                select new ShopEvent(user, item, "purchase", null, SomeShop.Until.AddDays(-item))];
        await using var project = await RefreshProject.ShopAsync(job: Unguarded(), events: alike);

        var outcome = await project.RunAsync();
        var lists = await project.ReadListsAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Empty(lists.Main);
        Assert.Equal(40, lists.Similar.Length);
        Assert.Equal(250, lists.Again.Length);
    }

    /// <summary>A young shop has nothing older than the holdout. That is said, and the guard decides.</summary>
    [Fact]
    public async Task Data_too_young_to_be_measured_are_refused_by_a_guard_that_compares_and_published_by_one_that_does_not()
    {
        ShopEvent[] young = [.. SomeShop.Events.Where(e => e.At > SomeShop.Until.AddDays(-10))];
        var job = new ShopJob().With("evaluate", "{ holdout: 14d, at: [5] }");
        await using var project = await RefreshProject.ShopAsync(job: job.With("guard", "{ noWorseThan: [popular] }"), events: young);

        var guarded = await project.RunAsync();
        project.Write(job.With("guard", "{ noWorseThan: [] }"));
        var unguarded = await project.RunAsync();

        Assert.Equal(StageResult.LeftOut, guarded.Stages[1].Result);
        Assert.StartsWith(
            "not measured: No event is older than the start of the test period, ", guarded.Stages[1].Note, StringComparison.Ordinal);
        Assert.Equal(RunState.Refused, guarded.State);
        Assert.Contains("Whether the lists are worse than 'popular' is unknown", guarded.Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Published, unguarded.State);
    }

    [Fact]
    public async Task Only_ratings_below_the_minimum_are_an_error_that_says_so()
    {
        ShopEvent[] disliked = [.. SomeShop.Events.Select(e => e with { Kind = "rating", Value = 1 })];
        await using var project = await RefreshProject.ShopAsync(job: Unguarded(), events: disliked);

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.StartsWith($"None of the {disliked.Length} events can be learnt from (", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.ExitCode);
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, default));
    }

    [Fact]
    public async Task Users_who_only_dislike_get_a_list_without_what_they_dislike()
    {
        ShopEvent[] events = [.. SomeShop.Events.Select(e => e.User == 5 ? e with { Kind = "rating", Value = 1 } : e)];
        await using var project = await RefreshProject.ShopAsync(job: Unguarded().With("blend", "{ als: 1, recent: 1 }"), events: events);

        var lists = await project.PublishAsync();

        string[] own = [.. lists.Main.Where(row => row.StartsWith("00006 ", StringComparison.Ordinal)).Select(row => row.Split(' ')[2])];
        string[] disliked = [.. events.Where(e => e.User == 5).Select(e => $"{e.Item + 1:00000}").Distinct()];
        Assert.Equal(10, own.Length);
        Assert.NotEmpty(disliked);
        Assert.Empty(own.Intersect(disliked));
    }

    static ShopJob Unguarded() => new ShopJob().With("guard", "{ minUsers: 0, minListLength: 0, minCoverage: 0, noWorseThan: [] }");
}
