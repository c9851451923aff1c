using BatchRecs.Core.Allocating;

namespace BatchRecs.UnitTests.Allocating;

public sealed class ListSetTests
{
    [Fact]
    public void What_is_served_ends_at_the_count_or_with_the_list()
    {
        var lists = SomeLists.Of(2, [5, 6, 7], [8]);

        Assert.Equal([[5, 6], [8]], SomeLists.Served(lists));
        Assert.Equal([5, 6, 7], lists.First(0, 9).ToArray());
    }

    [Fact]
    public void A_new_item_takes_the_place_of_another_and_has_no_score_of_its_own()
    {
        var lists = SomeLists.Of(2, [5, 6, 7]);

        lists.Place(0, rank: 2, item: 9, lists.SourceOf("coverage"), proposers: 4);

        Assert.Equal([5, 9, 7], lists.First(0, 3).ToArray());
        Assert.Equal([1, 0, 0.8f], lists.Candidates.ScoresOf(0).ToArray());
        Assert.Equal(["als", "coverage"], lists.SourceNames);
        Assert.Equal([0, 1, 0], lists.Sources);
        Assert.Equal([1u, 4u, 1u], lists.Proposers);
    }

    [Fact]
    public void An_item_further_down_changes_places_and_keeps_its_score_and_its_proposers()
    {
        var lists = SomeLists.Of(2, [5, 6, 7, 8]);

        lists.Place(0, rank: 2, item: 8, lists.SourceOf("coverage"), proposers: 4);

        Assert.Equal([5, 8, 7, 6], lists.First(0, 4).ToArray());
        Assert.Equal([1, 0.7f, 0.8f, 0.9f], lists.Candidates.ScoresOf(0).ToArray());
        Assert.Equal([0, 1, 0, 0], lists.Sources);
        Assert.Equal([1u, 5u, 1u, 1u], lists.Proposers);
    }

    [Fact]
    public void Places_that_move_to_the_front_leave_the_order_of_the_others_alone()
    {
        var lists = SomeLists.Of(2, [5, 6, 7, 8, 9]);

        lists.MoveToFront(0, [1, 3]);

        Assert.Equal([6, 8, 5, 7, 9], lists.First(0, 5).ToArray());
        Assert.Equal([0.9f, 0.7f, 1, 0.8f, 0.6f], lists.Candidates.ScoresOf(0).ToArray());
    }

    [Fact]
    public void The_lists_of_some_users_are_those_that_they_have_among_all()
    {
        var lists = SomeLists.Of(2, [5, 6, 7], [8], [9, 3]);

        var some = lists.Of([1, 2]);

        Assert.Equal(2, some.Capacity);
        Assert.Equal([8], some.ItemsOf(0).ToArray());
        Assert.Equal([9, 3], some.ItemsOf(1).ToArray());
        Assert.Equal([1, 0.9f], some.ScoresOf(1).ToArray());
    }

    [Fact]
    public void More_places_than_an_array_holds_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new ListSet(new int[3_000_000], count: 1_000, capacity: 1_000, ["als"]));

        Assert.StartsWith(
            "3000000 lists of 1000 places were asked for, of which 1000 are served;", error.Message, StringComparison.Ordinal);
    }
}
