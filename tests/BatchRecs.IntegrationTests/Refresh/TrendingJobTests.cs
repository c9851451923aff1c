using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A trending job publishes popular and trending lists of its own, by the mechanics of every release.</summary>
public sealed class TrendingJobTests
{
    const string Name = "shop_now";

    const string Job = """
        kind: trending
        recommender: shop_now
        asOf: latest-event
        window: 30d
        sources: [ { table: events, columns: { user: user_id, item: item_id, time: at, event: kind } } ]
        items: { table: items, columns: { item: item_id, title: title, categories: { column: categories, separator: "|" } } }
        events: { purchase: {}, view: { weight: 0.3 }, rating: { negative: true } }
        popular: { count: 5, window: 7d, trendingWindow: 4d, trendingBase: 20d, trendingMinUsers: 2 }
        """;

    [Fact]
    public async Task Both_stores_get_the_same_lists_beside_those_of_the_nightly_job()
    {
        await using var sqlite = await RefreshProject.ShopAsync(StoreProvider.Sqlite);
        await using var postgres = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var nightly = await sqlite.PublishAsync();

        var first = await RunAsync(sqlite);
        await RunAsync(postgres);

        Assert.Equal(RunState.Published, first.State);
        Assert.Equal([StageName.Extract, StageName.Precompute, StageName.Publish], first.Stages.Select(stage => stage.Stage));
        foreach (var (segment, kind) in new[] { ("all", "popular"), ("all", "trending"), ("toys", "popular"), ("gifts", "trending") })
        {
            var list = await ListAsync(sqlite, segment, kind);
            Assert.NotEmpty(list);
            Assert.Equal(list, await ListAsync(postgres, segment, kind));
        }
        Assert.Equal(nightly.All, (await sqlite.ReadListsAsync()).All);
    }

    /// <summary>Counted by hand, from the events of the shop.</summary>
    [Fact]
    public async Task Popular_items_are_those_of_the_most_different_users_of_the_window()
    {
        await using var project = await RefreshProject.ShopAsync();
        await RunAsync(project);

        var expected = Takers()
            .OrderByDescending(item => item.Count()).ThenBy(item => item.Key)
            .Take(5)
            .Select(item => (Id(item.Key), (double)item.Count()));
        Assert.Equal(expected, (await ListAsync(project, "all", "popular")).Select(item => (item.ItemId, item.Score)));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task An_hour_without_events_changes_nothing_and_one_with_events_makes_a_new_release(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var first = await RunAsync(project);
        var second = await RunAsync(project);
        await project.ExecuteAsync([.. SomeShop.Inserts(
            IdKind.Text,
            [.. Enumerable.Range(0, 60).Select(user => new ShopEvent(user, 79, "purchase", null, SomeShop.Until.AddMinutes(30)))])]);

        var third = await RunAsync(project);

        Assert.Equal(
            [RunState.Published, RunState.Unchanged, RunState.Published], new[] { first, second, third }.Select(run => run.State));
        Assert.Equal("00080", (await ListAsync(project, "all", "trending"))[0].ItemId);
        Assert.Equal([3L, 1L], (await project.Releases.ListAsync(Name, default)).Select(release => release.RunId));
    }

    [Fact]
    public async Task There_are_no_lists_of_users_and_whoever_asks_for_one_is_told_so()
    {
        await using var project = await RefreshProject.ShopAsync();
        await RunAsync(project);
        var reader = new ServingReader(project.Serving);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => reader.RecommendationsAsync(Name, "00001", 5, "all", default));

        Assert.StartsWith("Recommender 'shop_now' is made by a job of kind trending", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConfigurationException>(() => reader.SimilarAsync(Name, "00001", 5, default));
        Assert.True(await project.Releases.DropRecommenderAsync(Name, default));
    }

    [Fact]
    public async Task A_recommender_does_not_become_one_of_another_kind()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.PublishAsync();

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => RunAsync(project, Job.Replace(Name, "shop")));

        Assert.Contains("another kind", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_not_counted_from_the_next_run_on()
    {
        await using var project = await RefreshProject.ShopAsync();
        await RunAsync(project);
        var most = Takers().OrderByDescending(item => item.Count()).ThenBy(item => item.Key).First();

        await new Forgetting(project.Context, project.Log, project.Clock).ForgetAsync(Id(most.First()), null, "test", default);
        await RunAsync(project);

        Assert.Equal(most.Count() - 1, (await ListAsync(project, "all", "popular")).Single(item => item.ItemId == Id(most.Key)).Score);
    }

    [Fact]
    public async Task Lists_that_would_be_empty_are_refused_and_readers_keep_theirs()
    {
        await using var project = await RefreshProject.ShopAsync();
        await RunAsync(project);
        File.WriteAllText(project.InFolder("jobs/none.sql"), "select item_id from items");

        var outcome = await RunAsync(project, Job + "\nexclude: { items: jobs/none.sql }");

        Assert.Equal(RunState.Refused, outcome.State);
        Assert.Equal(5, (await ListAsync(project, "all", "popular")).Count);
    }

    /// <summary>Groups by item the users who took it within seven days and do not dislike it: ratings are negative here.</summary>
    static IEnumerable<IGrouping<int, int>> Takers() => SomeShop.Events
        .Where(e => e.At > SomeShop.Until.AddDays(-30))
        .GroupBy(e => (e.User, e.Item))
        .Where(pair => pair.OrderBy(e => e.At).ThenBy(e => e.Kind == "rating").Last().Kind != "rating")
        .Where(pair => pair.Any(e => e.Kind != "rating" && e.At > SomeShop.Until.AddDays(-7)))
        .GroupBy(pair => pair.Key.Item, pair => pair.Key.User);

    static string Id(int number) => SomeShop.Literal(IdKind.Text, number).Trim('\'');

    static Task<RunOutcome> RunAsync(RefreshProject project, string job = Job)
    {
        File.WriteAllText(project.InFolder("jobs/now.yaml"), job);
        return new RefreshRunner(project.Context, project.Log, project.Clock).RunAsync(
            new RunRequest("jobs/now.yaml", Trigger: "test"), new RunWatcher(), default);
    }

    static async Task<IReadOnlyList<ServedItem>> ListAsync(RefreshProject project, string segment, string kind) =>
        [.. (await new ServingReader(project.Serving).PopularAsync(Name, segment, kind, 10, default))
            .Select(item => item with { ReleaseId = 0 })];
}
