using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class ShortlistTests
{
    [Fact]
    public void What_is_not_taken_follows_in_its_former_order_and_scores_stay_with_the_places()
    {
        var list = Loaded();

        list.Take(3);
        list.Take(1);
        list.Apply();

        Assert.Equal([8, 6, 5, 7], list.Items);
        Assert.Equal([3, 1, 0, 2], list.Origins);
        Assert.Equal([9, 5, 5, 1], list.Scores);
    }

    [Fact]
    public void The_next_step_starts_from_the_order_of_the_last_one()
    {
        var list = Loaded();
        list.Take(3);
        list.Apply();

        list.Take(1);
        list.Apply();

        Assert.Equal([5, 8, 6, 7], list.Items);
        Assert.Equal([0, 3, 1, 2], list.Origins);
    }

    [Fact]
    public void A_place_cannot_be_taken_twice()
    {
        var list = Loaded();
        list.Take(2);

        Assert.Throws<ArgumentException>(() => list.Take(2));
    }

    [Fact]
    public void Relevance_runs_from_one_to_zero_and_is_zero_where_all_scores_are_equal()
    {
        var list = Loaded();
        Assert.Equal([1, 0.5, 0.5, 0], list.Relevance());

        list.Load(0, [1, 2], [3, 3], 2);
        Assert.Equal([0, 0], list.Relevance());

        list.Load(0, [], [], 2);
        Assert.Equal([], list.Relevance());
    }

    [Fact]
    public void A_list_that_was_used_before_starts_anew()
    {
        var list = Loaded();
        list.Take(3);
        list.Relax();

        list.Load(2, [4, 3], [1, 0], 5);

        Assert.Equal((2, 2, 0, 0, 2), (list.User, list.Count, list.TakenCount, list.Relaxed, list.Wanted));
        Assert.False(list.IsTaken(1));
        Assert.Equal([0, 1], list.Origins);
    }

    static Shortlist Loaded()
    {
        var list = new Shortlist();
        list.Load(1, [5, 6, 7, 8], [9, 5, 5, 1], 3);
        return list;
    }
}
