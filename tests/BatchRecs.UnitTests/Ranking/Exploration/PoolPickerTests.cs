using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking.Exploration;

public class PoolPickerTests
{
    const int Items = 6;

    [Fact]
    public void The_items_on_the_fewest_lists_are_picked()
    {
        var options = SomeExploration.Options with { Pool = ExplorationPool.UnderExposed, PoolSize = 3 };

        Assert.Equal([1, 3, 4], Pick(options, Shop(), exposures: [9, 0, 7, 1, 2, 8]));
    }

    [Fact]
    public void Items_that_nobody_may_get_are_not_picked()
    {
        var options = SomeExploration.Options with { Pool = ExplorationPool.UnderExposed, PoolSize = 3 };
        var exclusions = new Exclusions(new int[2], [], [false, true, false, false, false, false]);

        Assert.Equal([2, 3, 4], new PoolPicker(options, Shop(), exclusions).Pick([9, 0, 7, 1, 2, 8]));
    }

    [Fact]
    public void New_items_are_those_whose_first_event_is_young_the_youngest_first()
    {
        // Item n was first seen n + 0.5 days ago.
        var options = SomeExploration.Options with { Pool = ExplorationPool.New, NewWithin = TimeSpan.FromDays(4) };

        Assert.Equal([0, 1, 2, 3], Pick(options, Shop()));
        Assert.Equal([0, 1], Pick(options with { PoolSize = 2 }, Shop()));
    }

    [Fact]
    public void Without_a_new_item_the_pool_is_empty() =>
        Assert.Empty(Pick(SomeExploration.Options with { Pool = ExplorationPool.New, NewWithin = TimeSpan.FromHours(2) }, Shop()));

    [Fact]
    public void Every_day_another_part_of_the_catalogue_has_its_turn()
    {
        var options = SomeExploration.Options with { PoolSize = 2 };

        var pools = Enumerable.Range(0, 60).Select(day => Pick(options, Shop(days: day))).ToList();

        // Each item is in a pool with probability 1/3: 20 ± 3 · 3.7 of 60.
        Assert.All(Enumerable.Range(0, Items), item => Assert.InRange(pools.Count(pool => pool.Contains(item)), 9, 31));
        Assert.Equal(pools[7], Pick(options, Shop(days: 7)));
    }

    static int[] Pick(ExplorationOptions options, Snapshot snapshot, long[]? exposures = null) =>
        new PoolPicker(options, snapshot, Exclusions.None(1)).Pick(exposures ?? new long[Items]);

    static Snapshot Shop(int days = 0)
    {
        var events = new SomeEvents(1, Items, "view");
        for (int item = 0; item < Items; item++)
            events.Add(0, item, ageDays: item + 0.5).Add(0, item, ageDays: item * 0.1);
        return events.ToSnapshot(SomeEvents.Until + (days * SomeEvents.MicrosecondsPerDay));
    }
}
