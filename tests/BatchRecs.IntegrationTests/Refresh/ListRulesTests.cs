using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>What may and may not be on the lists: exclusions, what was seen, who is active, again, popular and trending.</summary>
public sealed class ListRulesTests
{
    [Fact]
    public async Task Excluded_items_and_pairs_are_on_no_list()
    {
        var job = new ShopJob().With("exclude", "{ items: jobs/queries/items.sql, pairs: jobs/queries/pairs.sql }");
        await using var project = await RefreshProject.ShopAsync();
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        File.WriteAllText(project.InFolder("jobs/queries/items.sql"), "select item_id from items where item_id in ('00001', '00002')");
        File.WriteAllText(
            project.InFolder("jobs/queries/pairs.sql"), "select '00007' as user_id, item_id from items where item_id <> '00030'");
        var before = await project.PublishAsync();
        project.Write(job);

        var after = await project.PublishAsync();

        Assert.Contains(before.Main, row => row.Split(' ')[2] == "00001");
        Assert.DoesNotContain(after.Main.Concat(after.Again), row => row.Split(' ')[2] is "00001" or "00002");
        Assert.DoesNotContain(after.Popular, row => row.Split(' ')[3] is "00001" or "00002");
        Assert.All(
            after.Main.Where(row => row.StartsWith("00007 ", StringComparison.Ordinal)), row => Assert.Equal("00030", row.Split(' ')[2]));
    }

    [Fact]
    public async Task An_edited_exclusion_query_changes_the_lists_of_the_next_run()
    {
        await using var project = await RefreshProject.ShopAsync();
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        File.WriteAllText(project.InFolder("jobs/queries/items.sql"), "select '00001' as item_id");
        project.Write(new ShopJob().With("exclude", "{ items: jobs/queries/items.sql }"));
        await project.PublishAsync();

        File.WriteAllText(project.InFolder("jobs/queries/items.sql"), "select '00002' as item_id");
        var after = await project.PublishAsync();

        Assert.Contains(after.Main, row => row.Split(' ')[2] == "00001");
        Assert.DoesNotContain(after.Main, row => row.Split(' ')[2] == "00002");
    }

    [Fact]
    public async Task What_users_dislike_is_on_neither_of_their_lists_and_counts_for_nobody()
    {
        await using var project = await RefreshProject.ShopAsync(
            job: new ShopJob().With("events", "{ purchase: {}, view: {}, rating: { negative: true, weight: 2 } }"));

        var lists = await project.PublishAsync();

        var wanted = SomeShop.Events.GroupBy(e => (e.User, e.Item))
            .ToLookup(pair => pair.OrderBy(e => e.At).ThenBy(e => e.Kind == "rating").Last().Kind != "rating");
        var disliked = Pairs(wanted[false].SelectMany(pair => pair));
        Assert.NotEmpty(disliked);
        Assert.DoesNotContain(lists.Main.Concat(lists.Again), row => disliked.Contains((row.Split(' ')[0], row.Split(' ')[2])));
        Assert.StartsWith(
            $"00001 {wanted[true].Count(pair => pair.Key.Item == 0)} ",
            lists.Items.Single(row => row.StartsWith("00001 ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(project.ArtifactOf(StageName.Weigh), "targets.npy")));
    }

    [Theory]
    [InlineData("none", true, true)]
    [InlineData("{ within: all }", false, false)]
    [InlineData("{ events: [purchase] }", true, false)]
    [InlineData("{ within: 10d }", true, true)]
    public async Task Seen_says_what_a_user_does_not_get_again(string seen, bool viewedAgain, bool boughtAgain)
    {
        await using var project = await RefreshProject.ShopAsync(
            job: new ShopJob().With("precompute", $"{{ count: 10, candidates: 40, seen: {(seen == "none" ? "none" : seen)} }}"));

        var lists = await project.PublishAsync();

        var bought = Pairs(SomeShop.Events.Where(e => e.Kind == "purchase"));
        var viewed = Pairs(SomeShop.Events.Where(e => e.Kind != "purchase"));
        viewed.ExceptWith(bought);
        var recent = Pairs(SomeShop.Events.Where(e => e.At > SomeShop.Until.AddDays(-10)));
        var served = lists.Main.Select(row => (row.Split(' ')[0], row.Split(' ')[2])).ToHashSet();
        Assert.Equal(viewedAgain, served.Overlaps(viewed));
        Assert.Equal(boughtAgain, served.Overlaps(bought));
        if (seen != "none" && !seen.Contains("events", StringComparison.Ordinal))
            Assert.False(served.Overlaps(recent));
    }

    [Fact]
    public async Task Only_users_with_a_young_event_get_a_list_of_their_own()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("users", "{ active: 5d }"));

        var lists = await project.PublishAsync();

        string[] active = [.. SomeShop.Events.Where(e => e.At > SomeShop.Until.AddDays(-5)).Select(e => $"{e.User + 1:00000}").Distinct()];
        Assert.InRange(active.Length, 50, 250);
        Assert.Equal(active.Order(), lists.Main.Select(row => row.Split(' ')[0]).Distinct().Order());
        Assert.Subset(active.ToHashSet(), lists.Again.Select(row => row.Split(' ')[0]).ToHashSet());
    }

    [Fact]
    public async Task The_list_to_buy_again_holds_only_what_the_user_had_of_the_named_types()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("again", "{ count: 3, events: [purchase] }"));

        var lists = await project.PublishAsync();

        var bought = Pairs(SomeShop.Events.Where(e => e.Kind == "purchase"));
        var again = lists.Again.Select(row => (row.Split(' ')[0], row.Split(' ')[2])).ToHashSet();
        Assert.NotEmpty(again);
        Assert.ProperSubset(bought, again);
        Assert.Equal(3, lists.Again.GroupBy(row => row.Split(' ')[0]).Max(list => list.Count()));
        Assert.All(lists.Again, row => Assert.Equal("again", row.Split(' ')[4]));
    }

    [Fact]
    public async Task Without_an_again_key_there_is_no_such_view()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("again", ""));

        await project.RunAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => project.ReadListsAsync());
        Assert.NotEmpty((await project.ReadListsAsync(hasAgain: false)).Main);
    }

    [Fact]
    public async Task Without_an_item_table_there_is_one_popular_list_for_all()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("items", ""));
        await using var titled = await RefreshProject.ShopAsync();

        var lists = await project.PublishAsync();
        var expected = await titled.PublishAsync();

        Assert.Equal(["all"], lists.Popular.Select(row => row.Split(' ')[0]).Distinct());
        Assert.Equal(["all", "books", "garden", "gifts", "kitchen", "toys"], expected.Popular.Select(row => row.Split(' ')[0]).Distinct());
        Assert.Equal(expected.Main, lists.Main);
        Assert.Equal(expected.Similar, lists.Similar);
    }

    [Fact]
    public async Task What_many_suddenly_take_is_trending()
    {
        ShopEvent[] rush =
            [.. Enumerable.Range(0, 40).Select(user => new ShopEvent(user, 70, "purchase", null, SomeShop.Until.AddHours(-user)))];
        await using var project = await RefreshProject.ShopAsync(events: [.. SomeShop.Events, .. rush]);

        var lists = await project.PublishAsync();

        Assert.Contains(lists.Popular, row => row.StartsWith("all trending 1 00071 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_stage_is_in_the_ledger_with_its_error_and_readers_keep_the_old_release()
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();
        project.Write(new ShopJob().With("live", "{ eligible: { table: nowhere, item: item_id } }"));

        var error = await Assert.ThrowsAnyAsync<BatchRecsException>(() => project.RunAsync());
        var run = (await project.Ledger.GetAsync(2, default))!;

        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        Assert.Equal(("Failed", error.ExitCode, error.Message), (run.State, run.ExitCode, run.Message));
        Assert.Equal(("Precompute", error.Message), (run.Stages[^1].Stage, run.Stages[^1].Error));
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    static HashSet<(string User, string Item)> Pairs(IEnumerable<ShopEvent> events) =>
        [.. events.Select(e => ($"{e.User + 1:00000}", $"{e.Item + 1:00000}"))];
}
