using BatchRecs.Core.Allocating;

namespace BatchRecs.UnitTests.Allocating;

public sealed class ExposureCapsTests
{
    [Fact]
    public void Nobody_is_always_last_and_no_item_is_above_its_cap()
    {
        // Four lists and a share of a half: each item may be on two of them. Users take turns forwards, then backwards.
        var lists = SomeLists.Of(2, [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]);

        var outcome = Run(lists, items: 5, new ExposureOptions { MaxShare = 0.5, Depth = 2 });

        Assert.Equal([[1, 4], [1, 4], [2, 3], [2, 3]], SomeLists.Served(lists));
        Assert.Equal("no item on more than 2 lists (was 4), 4 lists changed", outcome.Note);
        Assert.Null(outcome.Shortfall);
    }

    [Fact]
    public void What_is_moved_out_of_the_first_ranks_follows_behind_them()
    {
        var lists = SomeLists.Of(4, [1, 2, 3, 4], [1, 2, 3, 4]);

        Run(lists, items: 5, new ExposureOptions { MaxShare = 0.5, Depth = 2 });

        Assert.Equal([[1, 4, 2, 3], [2, 3, 1, 4]], SomeLists.Served(lists));
    }

    [Fact]
    public void A_list_that_finds_no_item_below_its_cap_is_short_and_counted()
    {
        var lists = SomeLists.Of(2, [1, 2], [1, 2], [1, 2]);

        var outcome = Run(lists, items: 3, new ExposureOptions { MaxShare = 0.4, Depth = 2 });

        Assert.Equal([[1], [2], []], SomeLists.Served(lists));
        Assert.Equal(3, outcome.Figures["shortLists"]);
    }

    [Fact]
    public void Caps_that_nothing_exceeds_change_nothing()
    {
        var lists = SomeLists.Of(2, [1, 2, 3], [3, 1, 2], []);

        var outcome = Run(lists, items: 4, new ExposureOptions { MaxShare = 1, Depth = 2 });

        Assert.Equal([[1, 2], [3, 1], []], SomeLists.Served(lists));
        Assert.Equal(0, outcome.Figures["changedLists"]);
    }

    [Fact]
    public void Caps_applied_twice_are_caps_applied_once()
    {
        var lists = SomeLists.Of(2, [1, 2, 3, 4], [1, 2, 3, 4], [1, 3, 2, 4], [4, 2, 3, 1]);
        var options = new ExposureOptions { MaxShare = 0.5, Depth = 2 };
        Run(lists, items: 5, options);
        int[][] once = SomeLists.Served(lists);

        Run(lists, items: 5, options);

        Assert.Equal(once, SomeLists.Served(lists));
    }

    [Fact]
    public void What_something_else_than_a_scorer_put_into_a_rank_stays_there_and_counts()
    {
        var lists = SomeLists.Of(3, [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]);
        for (int n = 0; n < 3; n++)
            lists.Place(n, rank: 2, item: 2, lists.SourceOf("pin"), proposers: 0);

        Run(lists, items: 5, new ExposureOptions { MaxShare = 0.34, Depth = 3 });

        Assert.Equal([[1, 2], [3, 2], [4, 2]], SomeLists.Served(lists));
    }

    [Fact]
    public void What_stays_further_down_counts_before_anybody_takes_the_same_item_further_up()
    {
        var lists = SomeLists.Of(2, [1, 2, 3], [2, 1, 3], [2, 3, 1]);
        lists.Place(0, rank: 2, item: 2, lists.SourceOf("pin"), proposers: 0);

        var outcome = Run(lists, items: 4, new ExposureOptions { MaxShare = 0.67, Depth = 2 });

        Assert.Equal([[1, 2], [2, 3], [3, 1]], SomeLists.Served(lists));
        Assert.Equal("no item on more than 2 lists (was 3), 2 lists changed", outcome.Note);
    }

    [Fact]
    public void What_rules_put_on_more_lists_than_the_cap_allows_is_said()
    {
        var lists = SomeLists.Of(1, [1, 2], [1, 2], [1, 2]);
        for (int n = 0; n < 3; n++)
            lists.Place(n, rank: 1, item: 1, lists.SourceOf("pin"), proposers: 0);

        var outcome = Run(lists, items: 3, new ExposureOptions { MaxShare = 0.4, Depth = 1 });

        Assert.Equal(
            "no item on more than 1 lists, 3 of what rules or other allocators put there (was 3), 0 lists changed", outcome.Note);
    }

    static AllocationOutcome Run(ListSet lists, int items, ExposureOptions options) =>
        new ExposureCaps(options).Allocate(lists, SomeLists.Context(lists.Users.Length, items), CancellationToken.None);
}
