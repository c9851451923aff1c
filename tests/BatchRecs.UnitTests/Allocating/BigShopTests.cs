using BatchRecs.Core.Allocating;
using BatchRecs.Core.Numerics;

namespace BatchRecs.UnitTests.Allocating;

/// <summary>What coverage and caps cost in a shop of 30,000 users and 12,000 items; the table is in docs/algorithms.md.</summary>
public sealed class BigShopTests
{
    /// <summary>Discounting popularity reaches 74 % of the items at this b; more of it hides the popular ones instead.</summary>
    const double StrongestDiscount = 1.6;

    static readonly double BaseNdcg = BigShop.Ndcg(BigShop.Lists());

    [Fact]
    public void The_lists_of_the_model_show_a_quarter_of_the_items() =>
        Assert.InRange(BigShop.Exposure(BigShop.Lists()).Coverage(), 0.24, 0.26);

    [Fact]
    public void Four_items_in_five_and_then_all_are_shown_at_a_hundredth_of_what_discounting_costs()
    {
        var discounted = BigShop.Discounted(StrongestDiscount);
        double discount = BaseNdcg - BigShop.Ndcg(discounted);

        var most = Covered(0.8, out var some);
        var all = Covered(1, out var every);

        Assert.InRange(BigShop.Exposure(discounted).Coverage(), 0.7, 0.8);
        Assert.Null(some.Shortfall);
        Assert.Null(every.Shortfall);
        Assert.Equal(0.8, BigShop.Exposure(most).Coverage());
        Assert.Equal(1, BigShop.Exposure(all).Coverage());
        Assert.InRange(BaseNdcg - BigShop.Ndcg(most), 0, discount / 100);
        Assert.InRange(BaseNdcg - BigShop.Ndcg(all), 0, discount / 100);
        AssertOnlyLastRankChanged(most);
        AssertOnlyLastRankChanged(all);
    }

    [Fact]
    public void Coverage_is_the_same_on_one_thread_and_on_seven_and_changes_nothing_the_second_time()
    {
        var one = Covered(0.8, out _, threads: 1);
        var seven = Covered(0.8, out _, threads: 7);

        Assert.Equal(one.Candidates.Items, seven.Candidates.Items);

        var again = new CoverageAllocator(new CoverageOptions()).Allocate(seven, BigShop.Context(), CancellationToken.None);

        Assert.Equal(0, again.Figures["places"]);
        Assert.Equal(one.Candidates.Items, seven.Candidates.Items);
    }

    [Fact]
    public void Caps_of_two_percent_hold_and_cost_less_than_first_come_first_served()
    {
        var lists = BigShop.Lists();
        var serial = BigShop.Lists();
        const long cap = BigShop.Users / 50;

        var outcome = new ExposureCaps(new ExposureOptions()).Allocate(lists, BigShop.Context(), CancellationToken.None);
        ServeOneAfterTheOther(serial, cap);

        Assert.Equal(0, outcome.Figures["shortLists"]);
        Assert.InRange(BigShop.Exposure(lists).Counts.Max(), 1, cap);
        Assert.InRange(BigShop.Ndcg(lists), Math.BitIncrement(BigShop.Ndcg(serial)), BaseNdcg);
        Assert.InRange(1 - (BigShop.Ndcg(lists) / BaseNdcg), 0, 0.03);
    }

    static ListSet Covered(double share, out AllocationOutcome outcome, int threads = 2)
    {
        var lists = BigShop.Lists();
        outcome = new CoverageAllocator(new CoverageOptions { Share = share }).Allocate(
            lists, BigShop.Context(threads), CancellationToken.None);
        return lists;
    }

    /// <summary>Only the last counted rank has another item, or the place further down that its item came from; none was seen.</summary>
    static void AssertOnlyLastRankChanged(ListSet lists)
    {
        var before = BigShop.Lists();
        int coverage = lists.SourceOf(CoverageAllocator.Source);
        for (int n = 0; n < BigShop.Users; n++)
        {
            int[] was = before.First(n, int.MaxValue).ToArray(), now = lists.First(n, int.MaxValue).ToArray();
            int last = BigShop.Depth - 1;
            int[] changed = [.. Enumerable.Range(0, was.Length).Where(k => was[k] != now[k])];
            bool isPlaced = lists.Sources[(n * lists.Candidates.Capacity) + last] == coverage;
            Assert.Equal(isPlaced, changed.Contains(last));
            Assert.All(changed, k => Assert.True(k == last || (was[k] == now[last] && now[k] == was[last])));
            Assert.False(isPlaced && BigShop.Exclusions.Of(n).BinarySearch(now[last]) >= 0);
        }
    }

    /// <summary>Users come in random order and take the best that is left: the obvious way, and the worst.</summary>
    static void ServeOneAfterTheOther(ListSet lists, long cap)
    {
        long[] exposure = new long[BigShop.Items];
        foreach (int n in Enumerable.Range(0, BigShop.Users).OrderBy(n => CounterRandom.Bits(1, n, 0)))
        {
            var items = lists.Candidates.ItemsOf(n).ToArray();
            int[] taken = [.. Enumerable.Range(0, items.Length).Where(k => exposure[items[k]] < cap).Take(BigShop.Depth)];
            foreach (int k in taken)
                exposure[items[k]]++;
            lists.MoveToFront(n, taken);
        }
    }
}
