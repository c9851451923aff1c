using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking;

public sealed class AgainListTests
{
    // Items by index: apple 0, bread 1, cheese 2. The newest event is of day 20.
    static readonly Snapshot Shop = new EventTable()
        .Add("ann", "bread", 0).Add("ann", "bread", 10).Add("ann", "apple", 20).Add("ann", "cheese", 10, "view")
        .Add("bob", "cheese", 10).Add("bob", "bread", 10)
        .Add("cid", "apple", 20, "view")
        .ToSnapshot();

    [Fact]
    public void Own_events_count_half_after_each_half_life()
    {
        var lists = Top(new AgainList(Shop, TimeSpan.FromDays(10), ["buy"]), Exclusions.None(3));

        Assert.Equal([0, 1], lists.ItemsOf(0).ToArray());
        Assert.Equal([1f, 0.75f], lists.ScoresOf(0).ToArray());
    }

    [Fact]
    public void Equal_scores_go_to_the_lower_item()
    {
        var lists = Top(new AgainList(Shop, TimeSpan.FromDays(10)), Exclusions.None(3));

        Assert.Equal([1, 2], lists.ItemsOf(1).ToArray());
        Assert.Equal([0.5f, 0.5f], lists.ScoresOf(1).ToArray());
    }

    [Fact]
    public void A_user_without_events_of_the_chosen_types_gets_an_empty_list()
    {
        var lists = Top(new AgainList(Shop, TimeSpan.FromDays(10), ["buy"]), Exclusions.None(3));

        Assert.Equal(0, lists.Lengths[2]);
    }

    [Fact]
    public void Forbidden_pairs_and_ineligible_items_are_left_out()
    {
        var exclusions = ExclusionLists.Of(3, 3, new HashSet<int> { 0 }, new HashSet<(int, int)> { (0, 1) }, unknownRows: 0).ToExclusions();

        var lists = Top(new AgainList(Shop, TimeSpan.FromDays(10)), exclusions);

        Assert.Equal([2], lists.ItemsOf(0).ToArray());
        Assert.Equal([1, 2], lists.ItemsOf(1).ToArray());
        Assert.Equal(0, lists.Lengths[2]);
    }

    [Fact]
    public void Lists_are_cut_at_their_capacity()
    {
        var lists = new CandidateBlock(1, capacity: 1);

        new AgainList(Shop, TimeSpan.FromDays(10)).Top([0], Exclusions.None(3), lists);

        Assert.Equal([0], lists.ItemsOf(0).ToArray());
    }

    [Fact]
    public void Items_of_a_user_who_left_thousands_of_half_lives_ago_keep_their_order()
    {
        var shop = new EventTable().Add("ann", "apple", 0).Add("ann", "bread", 0.5).Add("bob", "apple", 400).ToSnapshot();

        var lists = Top(new AgainList(shop, TimeSpan.FromHours(1)), Exclusions.None(2), userCount: 2);

        Assert.Equal([1, 0], lists.ItemsOf(0).ToArray());
    }

    static CandidateBlock Top(AgainList again, Exclusions exclusions, int userCount = 3)
    {
        var lists = new CandidateBlock(userCount, capacity: 10);
        again.Top([.. Enumerable.Range(0, userCount)], exclusions, lists);
        return lists;
    }
}
