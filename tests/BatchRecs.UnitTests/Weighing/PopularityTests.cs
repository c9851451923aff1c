using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Weighing;

public sealed class PopularityTests
{
    static readonly WeighingOptions Options = new() { Events = [new EventWeight("view"), new EventWeight("purchase") { Weight = 8 }] };

    [Fact]
    public void Decayed_popularity_halves_with_every_half_life_and_has_no_floor()
    {
        var snapshot = new SomeEvents(2, 2, "view", "purchase").Add(0, 0).Add(1, 0, ageDays: 7).Add(0, 1, "purchase", 70).ToSnapshot();

        Assert.Equal([1.5, 8 / 1024.0], Popularity.Decayed(snapshot, Options, 7));
    }

    [Fact]
    public void A_user_counts_once_per_item_within_the_window()
    {
        var snapshot = new SomeEvents(3, 2, "view", "purchase")
            .Add(0, 0).Add(0, 0, ageDays: 1).Add(0, 0, "purchase", 2)
            .Add(1, 0, ageDays: 2.9).Add(2, 0, ageDays: 3)
            .Add(2, 1, ageDays: 10)
            .ToSnapshot();

        Assert.Equal([2, 0], Popularity.DistinctUsers(snapshot, Options, TimeSpan.FromDays(3)));
        Assert.Equal([3, 1], Popularity.DistinctUsers(snapshot, Options, TimeSpan.FromDays(30)));
    }

    [Fact]
    public void An_item_that_rises_above_what_its_last_weeks_let_expect_is_trending()
    {
        // Item 0: 20 users, all of the last days. Item 1: 40 users, 10 of them of the last days. Item 2: 9 users, all of the last days.
        var events = new SomeEvents(40, 3, "view", "purchase");
        for (int user = 0; user < 40; user++)
        {
            if (user < 20)
                events.Add(user, 0, ageDays: 1);
            events.Add(user, 1, ageDays: user < 10 ? 1 : 14);
            if (user < 9)
                events.Add(user, 2, ageDays: 1);
        }

        double[] trends = Popularity.Trending(events.ToSnapshot(), Options, TimeSpan.FromDays(3), minUsers: 10);

        // Of 69 counts in 28 days 39 fall into the window, so 20 · 39 / 69 were to be expected of item 0.
        Assert.Equal(Math.Log(30 / (20 * 39 / 69.0 + 10)), trends[0], 1e-12);
        Assert.Equal(0, trends[1]);
        Assert.Equal(0, trends[2]);
    }

    [Fact]
    public void A_rise_of_few_users_counts_less()
    {
        var events = new SomeEvents(40, 2, "view", "purchase");
        for (int user = 0; user < 10; user++)
            events.Add(user, 0, ageDays: 1);
        for (int user = 0; user < 40; user++)
            events.Add(user, 1, ageDays: 14);

        double[] trends = Popularity.Trending(events.ToSnapshot(), Options, TimeSpan.FromDays(3), minUsers: 10);

        Assert.Equal(Math.Log(20 / 12.0) * Math.Sqrt(0.5), trends[0], 1e-12);
    }

    [Fact]
    public void Propensities_grow_with_the_root_of_popularity_down_to_the_floor()
    {
        double[] propensities = Propensities.Estimate([99, 24, 0], 0.5, 0.2);

        Assert.Equal([1, 0.5, 0.2], propensities);
    }
}
