using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking;

public sealed class BlendTunerTests
{
    [Fact]
    public void A_scorer_that_only_brings_noise_gets_weight_zero()
    {
        var tuning = Tune([Lists.Block([1, 2, 3]), Lists.Block([7, 8, 9])], Lists.Truth([1, 2, 3]), [null, null]);

        Assert.Equal([1, 0], tuning.Weights);
        Assert.Equal(1, tuning.Ndcg, 12);
    }

    [Fact]
    public void A_first_scorer_that_only_brings_noise_gets_weight_zero_too()
    {
        var tuning = Tune([Lists.Block([7, 8, 9]), Lists.Block([1, 2, 3])], Lists.Truth([1, 2, 3]), [null, null]);

        Assert.Equal([0, 1], tuning.Weights);
    }

    [Fact]
    public void Where_no_weight_makes_a_difference_the_first_scorer_stays_alone()
    {
        var tuning = Tune([Lists.Block([1, 2]), Lists.Block([1, 2]), Lists.Block([1, 2])], Lists.Truth([1, 5]), [null, null, null]);

        Assert.Equal([1, 0, 0], tuning.Weights);
    }

    [Fact]
    public void Without_validation_users_every_tuned_weight_is_one()
    {
        var none = new TestTruth([], [0], [], Lists.NoCounts);

        var tuning = Tune([new CandidateBlock(0, 5), new CandidateBlock(0, 5)], none, [null, 0.3]);

        Assert.Equal([1, 0.3], tuning.Weights);
        Assert.Equal(0, tuning.Users);
    }

    [Fact]
    public void A_given_weight_is_kept()
    {
        var tuning = Tune([Lists.Block([7, 8]), Lists.Block([1, 2])], Lists.Truth([1, 2]), [0.5, null]);

        // With 1 the second scorer's two hits already come first; 0.6 to 0.9 do no better, so they do not replace it.
        Assert.Equal([0.5, 1], tuning.Weights);
        Assert.Equal(1, tuning.Ndcg, 12);
    }

    [Fact]
    public void The_ndcg_it_reports_is_that_of_the_fused_lists()
    {
        CandidateBlock[] sources =
        [
            Lists.Block([1, 2, 3, 4, 5], [9, 8, 7, 6, 5], [4, 11, 12, 3, 2]),
            Lists.Block([3, 11, 1, 12, 4], [5, 4, 9, 8, 1], [12, 13, 3, 1, 6]),
        ];
        var truth = Lists.Truth([3, 4, 12], [5, 20], [12, 1]);

        var tuning = Tune(sources, truth, [null, null]);

        var fused = ReciprocalRankFusion.Fuse(sources, tuning.Weights, count: 10).Candidates;
        Assert.Equal(RankingMetrics.Of(fused, truth, [10])[0].Mean(RankingMetric.Ndcg), tuning.Ndcg, 12);
    }

    [Fact]
    public void No_single_step_of_the_grid_is_better_than_the_result()
    {
        CandidateBlock[] sources = [Lists.Block(Shuffled(1)), Lists.Block(Shuffled(2)), Lists.Block(Shuffled(3))];
        var truth = Lists.Truth([.. Enumerable.Range(0, 60).Select(n => new[] { n % 30, ((n * 7) + 3) % 30, 30 + n })]);

        var tuning = Tune(sources, truth, [null, null, null]);

        for (int m = 0; m < 3; m++)
            for (int step = 1; step <= 10; step++)
            {
                double[] weights = [.. tuning.Weights];
                weights[m] = step / 10.0;
                var fused = ReciprocalRankFusion.Fuse(sources, weights, count: 10).Candidates;
                double ndcg = RankingMetrics.Of(fused, truth, [10])[0].Mean(RankingMetric.Ndcg);
                Assert.True(ndcg <= tuning.Ndcg + 1e-12, $"Weight {m} = {weights[m]} gives {ndcg}, better than {tuning.Ndcg}.");
            }
    }

    [Fact]
    public void Six_scorers_are_too_many()
    {
        CandidateBlock[] sources = [.. Enumerable.Range(0, 6).Select(_ => Lists.Block([1]))];

        var error = Assert.Throws<ArgumentException>(() => Tune(sources, Lists.Truth([1]), [null, null, null, null, null, null]));

        Assert.StartsWith("6 scorers are to be blended; at most 5 can be tuned together.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_search_ends()
    {
        Assert.Throws<OperationCanceledException>(() => BlendTuner.Tune(
            [Lists.Block([1])], Lists.Truth([1]), [null], at: 10, new CancellationToken(canceled: true)));
    }

    static BlendTuning Tune(CandidateBlock[] sources, TestTruth truth, double?[] weights) =>
        BlendTuner.Tune(sources, truth, weights, at: 10, CancellationToken.None);

    /// <summary>Makes 60 lists of 15 distinct items below 30 each; a fixed pattern per scorer.</summary>
    static int[][] Shuffled(int scorer) =>
        [.. Enumerable.Range(0, 60).Select(n => Enumerable.Range(0, 15).Select(k => ((n * scorer) + (k * 7)) % 30).ToArray())];
}
