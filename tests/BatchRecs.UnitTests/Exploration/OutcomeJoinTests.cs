using BatchRecs.Core.Data;
using BatchRecs.Pipeline.Exploration;
using BatchRecs.Store.Releases;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Exploration;

/// <summary>Users 0 and 1, items 0 to 2; the release is current from 100 to 200.</summary>
public class OutcomeJoinTests
{
    const long From = 100;
    const long Until = 200;

    [Fact]
    public void Every_showing_of_a_drawn_item_is_an_outcome_with_its_reward()
    {
        var join = new OutcomeJoin(Log((0, 1, 120, 0), (0, 1, 150, 2.5f), (1, 1, 150, 1)), hasReward: true);

        join.Add(Draw(user: 0, item: 1), From, Until);

        Assert.Equal([0, 2.5], join.Outcomes.Select(outcome => outcome.Reward));
        Assert.Equal(2, join.Matched);
    }

    [Fact]
    public void What_was_shown_from_another_release_or_was_not_drawn_is_no_outcome()
    {
        var join = new OutcomeJoin(Log((0, 1, 99, 1), (0, 1, 200, 1), (0, 2, 150, 1)), hasReward: true);

        join.Add(Draw(user: 0, item: 1), From, Until);

        Assert.Empty(join.Outcomes);
    }

    [Fact]
    public void The_moment_of_the_publication_belongs_to_the_new_release()
    {
        var join = new OutcomeJoin(Log((0, 1, 100, 1)), hasReward: true);

        join.Add(Draw(user: 0, item: 1), From, Until);

        Assert.Equal(1, join.Matched);
    }

    [Fact]
    public void A_showing_without_a_reward_brought_nothing()
    {
        var join = new OutcomeJoin(Log((0, 1, 120, Interactions.NoValue)), hasReward: true);

        join.Add(Draw(user: 0, item: 1), From, Until);

        Assert.Equal([0], join.Outcomes.Select(outcome => outcome.Reward));
    }

    [Fact]
    public void Where_only_successes_are_logged_every_draw_is_an_outcome()
    {
        var join = new OutcomeJoin(Log((0, 1, 120, Interactions.NoValue), (0, 1, 130, Interactions.NoValue)), hasReward: false);

        join.Add(Draw(user: 0, item: 1), From, Until);
        join.Add(Draw(user: 1, item: 1), From, Until);
        join.Add(Draw(user: -1, item: 2), From, Until);
        join.Add(Draw(user: -1, item: -1), From, Until);

        Assert.Equal([1, 0, 0, 0], join.Outcomes.Select(outcome => outcome.Reward));
        Assert.Equal([0, 1, 2, 3], join.Outcomes.Select(outcome => outcome.User));
    }

    static StoredDraw Draw(int user, int item) =>
        new(user, Rank: 5, item, Score: 0.5, Propensity: 0.2, PoolSize: 8, BestItem: 0, IsBest: false);

    static Snapshot Log(params (int User, int Item, long Time, float Reward)[] rows)
    {
        var events = new SomeEvents(users: 2, items: 3, "interaction");
        foreach (var row in rows)
            events.AddAt(row.User, row.Item, "interaction", row.Time, row.Reward);
        return events.ToSnapshot();
    }
}
