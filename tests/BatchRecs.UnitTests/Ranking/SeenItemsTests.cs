using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking;

public sealed class SeenItemsTests
{
    // Items by index: apple 0, bread 1, cheese 2, dates 3. Users: ann 0, bob 1, cid 2. The newest event is of day 10.
    static readonly Snapshot Shop = new EventTable()
        .Add("ann", "cheese", 1, "buy").Add("ann", "apple", 2, "view").Add("ann", "cheese", 9, "view")
        .Add("bob", "bread", 3, "buy").Add("bob", "dates", 10, "view", value: 1)
        .Add("cid", "apple", 5, "view")
        .ToSnapshot();

    [Fact]
    public void Every_event_makes_its_item_seen_once()
    {
        var seen = SeenItems.Build(Shop, new SeenRule());

        Assert.Equal([0, 2], seen.Of(0).ToArray());
        Assert.Equal([1, 3], seen.Of(1).ToArray());
        Assert.Equal([0], seen.Of(2).ToArray());
        Assert.False(seen.IsIneligible(0));
    }

    [Fact]
    public void Only_chosen_event_types_count()
    {
        var seen = SeenItems.Build(Shop, new SeenRule { EventTypes = ["buy"] });

        Assert.Equal([2], seen.Of(0).ToArray());
        Assert.Equal([1], seen.Of(1).ToArray());
        Assert.Empty(seen.Of(2).ToArray());
    }

    [Fact]
    public void A_type_that_nobody_did_yet_makes_nothing_seen()
    {
        var seen = SeenItems.Build(Shop, new SeenRule { EventTypes = ["return"] });

        Assert.Empty(seen.Of(0).ToArray());
    }

    [Theory]
    [InlineData(1.5, new[] { 2 })]
    [InlineData(8, new[] { 2 })]
    [InlineData(8.5, new[] { 0, 2 })]
    public void Only_events_younger_than_the_span_count_from_the_newest_event(double days, int[] expected)
    {
        var seen = SeenItems.Build(Shop, new SeenRule { Within = TimeSpan.FromDays(days) });

        Assert.Equal(expected, seen.Of(0).ToArray());
    }

    [Fact]
    public void Forbidden_pairs_join_what_was_seen_sorted_and_without_repeats()
    {
        var seen = SeenItems.Build(Shop, new SeenRule(), Forbid(null, (2, 3), (0, 1), (0, 2), (2, 0)));

        Assert.Equal([0, 1, 2], seen.Of(0).ToArray());
        Assert.Equal([1, 3], seen.Of(1).ToArray());
        Assert.Equal([0, 3], seen.Of(2).ToArray());
    }

    [Fact]
    public void With_nothing_seen_forbidden_pairs_and_ineligible_items_still_hold()
    {
        var seen = SeenItems.Build(Shop, SeenRule.None, Forbid(1, (1, 2)));

        Assert.Empty(seen.Of(0).ToArray());
        Assert.Equal([2], seen.Of(1).ToArray());
        Assert.True(seen.IsIneligible(1));
        Assert.False(seen.IsIneligible(2));
    }

    [Fact]
    public void The_retail_sample_has_266221_seen_pairs()
    {
        var retail = SampleData.OnlineRetail;

        var seen = SeenItems.Build(retail, new SeenRule());

        Assert.Equal(266_221, Enumerable.Range(0, retail.Users.Count).Sum(user => seen.Of(user).Length));
    }

    static ExclusionLists Forbid(int? item, params (int User, int Item)[] pairs) => ExclusionLists.Of(
        Shop.Users.Count, Shop.Items.Count, item is { } only ? new HashSet<int> { only } : null, pairs.ToHashSet(), unknownRows: 0);
}
