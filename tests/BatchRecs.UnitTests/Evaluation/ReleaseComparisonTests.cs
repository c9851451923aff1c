using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>Two releases side by side, by hand.</summary>
public sealed class ReleaseComparisonTests
{
    static readonly string[] Items = ["10", "9", "8", "7"];

    [Fact]
    public void Lists_of_users_in_both_releases_are_compared_and_the_others_counted()
    {
        var found = Compared(depth: 2, top: 5);

        Assert.Equal((1, 2), (found.UsersOnlyBefore, found.UsersOnlyAfter));
        Assert.Equal((3, 2), (found.Churn!.Users, found.Churn.Depth));
        // Same list; a swap; one of two items in common at rank 1.
        Assert.Equal((1 + 1 + 0.5) / 3, found.Churn.Overlap, 12);
        Assert.Equal((1 + 1 + (1.0 / 3)) / 3, found.Churn.Jaccard, 12);
        Assert.Equal(2.0 / 3, found.Churn.Changed, 12);
        double third = RankBiasedOverlap.Of([0, 1], [0, 2]);
        Assert.Equal((1 + RankBiasedOverlap.Persistence + third) / 3, found.Churn.RankBiased, 12);
    }

    /// <summary>Item 9 is shown by all four older lists and by two of five newer ones; item 7 by none and by two.</summary>
    [Fact]
    public void Items_that_are_shown_more_or_less_are_named_with_their_share()
    {
        var found = Compared(depth: 2, top: 2);

        Assert.Equal(["9", "7"], found.Shifts.Select(shift => shift.ItemId));
        Assert.Equal([(4, 2), (0, 2)], found.Shifts.Select(shift => (shift.Before, shift.After)));
        Assert.Equal([-0.6, 0.4], found.Shifts.Select(shift => Math.Round(shift.Change, 12)));
        Assert.Equal((2, 0), (found.ItemsIn, found.ItemsOut));
        Assert.Equal(["7", "8"], found.In.Select(shift => shift.ItemId));
        Assert.Empty(found.Out);
    }

    [Fact]
    public void The_most_changed_users_come_first_and_those_without_a_change_never()
    {
        Assert.Equal(["cid", "bob"], Compared(depth: 2, top: 5).MostChanged.Select(user => user.UserId));
        Assert.Equal(["cid"], Compared(depth: 2, top: 1).MostChanged.Select(user => user.UserId));
    }

    [Fact]
    public void Where_nobody_has_a_list_there_is_nothing_to_compare()
    {
        var found = new ReleaseComparison(10, 10).Result([], IdKind.Int64);

        Assert.Null(found.Churn);
        Assert.Empty(found.Shifts);
    }

    static ReleaseDifference Compared(int depth, int top)
    {
        var comparison = new ReleaseComparison(depth, top);
        comparison.Add("anna", [0, 1, 2], [0, 1]);
        comparison.Add("bob", [0, 1], [1, 0]);
        comparison.Add("cid", [0, 1], [0, 2]);
        comparison.Add("dora", [0, 1], []);
        comparison.Add("eve", [], [0, 3]);
        comparison.Add("fay", [], [0, 3]);
        return comparison.Result(Items, IdKind.Int64);
    }
}
