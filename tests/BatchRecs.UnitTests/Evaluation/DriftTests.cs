using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>How far distributions have moved, by hand.</summary>
public sealed class DriftTests
{
    [Theory]
    [InlineData(new double[] { 1, 3 }, new double[] { 10, 30 }, 0)]
    [InlineData(new double[] { 1, 0 }, new double[] { 0, 5 }, 1)]
    public void Equal_shares_have_not_moved_and_others_in_whole(double[] a, double[] b, double expected) =>
        Assert.Equal(expected, Drift.JensenShannon(a, b), 12);

    /// <summary>Shares ½, ½ and 1, 0; mean ¾, ¼: ½ (½ log₂ ⅔ + ½ log₂ 2) + ½ log₂ 4⁄3.</summary>
    [Fact]
    public void Half_of_it_moved()
    {
        double expected = ((((Math.Log2(2.0 / 3) + 1) / 2) + Math.Log2(4.0 / 3)) / 2);

        Assert.Equal(expected, Drift.JensenShannon([2, 2], [7, 0]), 12);
    }

    [Fact]
    public void Popularity_compares_the_last_days_with_those_before_them()
    {
        var events = new EventTable()
            .Add("u", "old", 0)
            .Add("u", "a", 8).Add("v", "b", 9)
            .Add("u", "a", 15).Add("v", "a", 16);

        Assert.Equal(Drift.JensenShannon([1, 1], [2, 0]), Drift.OfPopularity(events.ToSnapshot(), TimeSpan.FromDays(7))!.Value, 12);
        Assert.Null(Drift.OfPopularity(events.ToSnapshot(), TimeSpan.FromDays(20)));
    }

    [Fact]
    public void Scores_of_one_distribution_are_stable()
    {
        double[] scores = [.. Enumerable.Range(0, 1000).Select(n => n / 10.0)];

        Assert.Equal(0, Drift.PopulationStability(scores, scores), 12);
    }

    /// <summary>Ten tenths of ten scores each; all new ones lie in the last, and the other nine count as 0.0001.</summary>
    [Fact]
    public void Scores_that_crowd_into_the_last_tenth_have_moved_far()
    {
        double[] before = [.. Enumerable.Range(0, 100).Select(n => (double)n)];
        double[] after = [.. Enumerable.Repeat(1000.0, 100)];
        double expected = (0.9 * Math.Log(10)) + (9 * (0.0001 - 0.1) * Math.Log(0.0001 / 0.1));

        Assert.Equal(expected, Drift.PopulationStability(before, after), 12);
    }

    /// <summary>Fused scores are few and often equal: tenths that fall together become one bin.</summary>
    [Fact]
    public void Scores_that_are_all_the_same_have_not_moved() =>
        Assert.Equal(0, Drift.PopulationStability([1, 1, 1, 1], [1, 1]), 12);
}
