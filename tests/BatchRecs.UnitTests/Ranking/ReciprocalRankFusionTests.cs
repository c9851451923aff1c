using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void Scores_are_weighted_sums_of_reciprocal_ranks()
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block([7, 3]), Lists.Block([3, 5])], [1, 0.5], count: 10);

        Assert.Equal([3, 7, 5], fused.Candidates.ItemsOf(0).ToArray());
        float[] expected = [(float)((1.0 / 62) + (0.5 / 61)), (float)(1.0 / 61), (float)(0.5 / 62)];
        Assert.Equal(expected, fused.Candidates.ScoresOf(0).ToArray());
    }

    [Fact]
    public void Each_position_names_the_scorer_with_the_largest_share()
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block([7, 3]), Lists.Block([3, 5])], [1, 0.5], count: 10);

        Assert.Equal([0, 0, 1], fused.SourcesOf(0).ToArray());
    }

    [Fact]
    public void Equal_shares_name_the_first_scorer()
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block([4]), Lists.Block([4])], [1, 1], count: 10);

        Assert.Equal([0], fused.SourcesOf(0).ToArray());
    }

    [Fact]
    public void Equal_scores_go_to_the_lower_item()
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block([9, 4]), Lists.Block([4, 9]), Lists.Block([2, 8])], [1, 1, 1], count: 10);

        Assert.Equal([4, 9, 2, 8], fused.Candidates.ItemsOf(0).ToArray());
    }

    [Fact]
    public void A_scorer_of_weight_zero_has_no_say()
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block([1, 2]), Lists.Block([3, 2, 1])], [1, 0], count: 10);

        Assert.Equal([1, 2], fused.Candidates.ItemsOf(0).ToArray());
    }

    [Fact]
    public void Lists_are_cut_at_the_count_and_a_user_nobody_knows_gets_an_empty_one()
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block([], [5, 6, 7]), Lists.Block([], [7])], [1, 1], count: 2);

        Assert.Equal([0, 2], fused.Candidates.Lengths);
        Assert.Equal([7, 5], fused.Candidates.ItemsOf(1).ToArray());
    }

    [Theory]
    [InlineData(new[] { 1.0 }, "There are 2 scorers and 1 weights; one weight per scorer is needed.")]
    [InlineData(new[] { 0.0, 0.0 }, "Every scorer has weight 0; at least one must be positive.")]
    [InlineData(new[] { 1.0, -0.5 }, "A scorer's weight is -0.5; it must be finite and not negative.")]
    public void Weights_that_cannot_be_used_are_refused(double[] weights, string message)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            ReciprocalRankFusion.Fuse([Lists.Block([1]), Lists.Block([2])], weights, count: 10));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Blocks_of_different_users_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            ReciprocalRankFusion.Fuse([Lists.Block([1]), Lists.Block([2], [3])], [1, 1], count: 10));

        Assert.Equal("The scorers' blocks hold different numbers of lists.", error.Message);
    }
}
