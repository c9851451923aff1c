using BatchRecs.Core.Evaluation;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>Rank-biased overlap, by hand and from its definition.</summary>
public sealed class RankBiasedOverlapTests
{
    [Theory]
    [InlineData(new int[0], new int[0], 1)]
    [InlineData(new[] { 1 }, new int[0], 0)]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 2, 3 }, 1)]
    [InlineData(new[] { 1, 2, 3 }, new[] { 4, 5, 6 }, 0)]
    public void Equal_lists_agree_and_lists_without_common_items_do_not(int[] a, int[] b, double expected) =>
        Assert.Equal(expected, RankBiasedOverlap.Of(a, b), 12);

    /// <summary>Agreement 0 at depth 1 and 1 at depth 2: (1−p)/p · (0 + p²) + p² = p.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_swap_of_the_first_two_costs_what_the_first_rank_weighs(double p) =>
        Assert.Equal(p, RankBiasedOverlap.Of([1, 2], [2, 1], p), 12);

    /// <summary>
    /// With p = ½: X = 1, 1, 2, so the sum is 1·½ + ½·¼ + ⅔·⅛, and for the ranks that the shorter list lacks X₂·(3−2)/(2·3)·⅛ more;
    /// beyond the lists (2−1)/3 + ½ is taken to agree.
    /// </summary>
    [Fact]
    public void The_shorter_list_is_taken_to_go_on_as_it_began()
    {
        double expected = 0.5 + 0.125 + (2.0 / 24) + (1.0 / 48) + (((1.0 / 3) + 0.5) / 8);

        Assert.Equal(expected, RankBiasedOverlap.Of([1, 2], [1, 3, 2], 0.5), 12);
        Assert.Equal(expected, RankBiasedOverlap.Of([1, 3, 2], [1, 2], 0.5), 12);
    }

    /// <summary>Σ (1−p) p^(d−1) · agreement at d, with the agreement at the end going on: the definition without any trick.</summary>
    [Fact]
    public void Lists_of_one_length_give_the_sum_of_the_definition()
    {
        int[] a = [3, 1, 4, 15, 9, 2, 6, 5], b = [1, 3, 9, 4, 7, 8, 2, 10];
        double expected = 0;
        for (int d = 1; d <= 400; d++)
        {
            int depth = Math.Min(d, a.Length);
            expected += 0.1 * Math.Pow(0.9, d - 1) * a[..depth].Intersect(b[..depth]).Count() / depth;
        }

        Assert.Equal(expected, RankBiasedOverlap.Of(a, b), 12);
    }
}
