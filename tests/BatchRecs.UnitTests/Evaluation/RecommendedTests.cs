using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>What users took, and what of it they were shown before.</summary>
public sealed class RecommendedTests
{
    static readonly EventTable Shown = new EventTable()
        .Add("anna", "a", 10).Add("anna", "a", 4).Add("anna", "b", 10).Add("bob", "a", 12).Add("zoe", "c", 10);

    [Theory]
    [InlineData("anna", "a", 10.5, 1)]
    [InlineData("anna", "a", 10, 1)]
    [InlineData("anna", "a", 11, 1)]
    [InlineData("anna", "a", 11.1, 0)]
    [InlineData("anna", "c", 10.5, 0)]
    [InlineData("bob", "a", 11, 0)]
    [InlineData("bob", "b", 10.5, 0)]
    [InlineData("new", "a", 10.5, 0)]
    public void An_item_counts_as_recommended_for_a_day_after_it_was_shown_to_the_same_user(
        string user, string item, double day, int fromLists)
    {
        var taken = new EventTable().Add(user, item, day).ToSnapshot();

        var share = Recommended.Of(taken, [true], Shown.ToSnapshot(), 0, 20 * EventTable.Day, TimeSpan.FromDays(1));

        Assert.Equal(new RecommendedShare(1, fromLists), share);
    }

    [Fact]
    public void Only_positive_events_of_the_period_count()
    {
        var taken = new EventTable().Add("anna", "a", 9).Add("anna", "a", 10.5).Add("anna", "b", 10.2).Add("anna", "b", 11).ToSnapshot();

        var share = Recommended.Of(
            taken, [true, true, false, true], Shown.ToSnapshot(), 10 * EventTable.Day, 11 * EventTable.Day, TimeSpan.FromDays(1));

        Assert.Equal(new RecommendedShare(1, 1), share);
        Assert.Equal(1, share.Share);
        Assert.Equal(0, new RecommendedShare(0, 0).Share);
    }
}
