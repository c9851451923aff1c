using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class RankingMetricsTests
{
    // The oracle is double arithmetic too; only the order of sums differs.
    const double Tolerance = 1e-12;

    [Theory]
    [InlineData(RankingMetric.Precision, "precision")]
    [InlineData(RankingMetric.Recall, "recall")]
    [InlineData(RankingMetric.RecallMin, "recallMin")]
    [InlineData(RankingMetric.HitRate, "hitRate")]
    [InlineData(RankingMetric.Ndcg, "ndcg")]
    [InlineData(RankingMetric.AveragePrecision, "averagePrecision")]
    [InlineData(RankingMetric.ReciprocalRank, "reciprocalRank")]
    public void Means_equal_those_of_the_oracle(RankingMetric metric, string name)
    {
        var metrics = RankingMetrics.Of(MetricsOracle.TestLists, MetricsOracle.Truth, [MetricsOracle.N]);

        Assert.Equal(42, MetricsOracle.Truth.UserCount);
        Assert.Equal(MetricsOracle.Expected(name), metrics[0].Mean(metric), Tolerance);
    }

    [Fact]
    public void The_ndcg_of_every_user_equals_that_of_the_oracle()
    {
        var metrics = RankingMetrics.Of(MetricsOracle.TestLists, MetricsOracle.Truth, [MetricsOracle.N]);

        double[] ndcg = metrics[0].Of(RankingMetric.Ndcg);
        Assert.Equal(MetricsOracle.NdcgPerUser.Length, ndcg.Length);
        for (int n = 0; n < ndcg.Length; n++)
            Assert.Equal(MetricsOracle.NdcgPerUser[n], ndcg[n], Tolerance);
    }

    [Fact]
    public void Hand_computed_list_of_five_with_hits_at_ranks_2_and_5()
    {
        var metrics = RankingMetrics.Of(Lists.Block([10, 11, 12, 13, 14]), Lists.Truth([11, 14, 99]), [5])[0];

        Assert.Equal(2.0 / 5, metrics.Of(RankingMetric.Precision)[0], Tolerance);
        Assert.Equal(2.0 / 3, metrics.Of(RankingMetric.Recall)[0], Tolerance);
        Assert.Equal(2.0 / 3, metrics.Of(RankingMetric.RecallMin)[0], Tolerance);
        Assert.Equal(1, metrics.Of(RankingMetric.HitRate)[0]);
        double gain = (1 / Math.Log2(3)) + (1 / Math.Log2(6));
        double ideal = 1 + (1 / Math.Log2(3)) + 0.5;
        Assert.Equal(gain / ideal, metrics.Of(RankingMetric.Ndcg)[0], Tolerance);
        Assert.Equal(((1.0 / 2) + (2.0 / 5)) / 3, metrics.Of(RankingMetric.AveragePrecision)[0], Tolerance);
        Assert.Equal(0.5, metrics.Of(RankingMetric.ReciprocalRank)[0]);
    }

    [Fact]
    public void Several_lengths_from_one_list_equal_each_length_alone()
    {
        int[] lengths = [1, 3, 10, 50];

        var together = RankingMetrics.Of(MetricsOracle.TestLists, MetricsOracle.Truth, lengths);

        for (int k = 0; k < lengths.Length; k++)
        {
            var alone = RankingMetrics.Of(MetricsOracle.TestLists, MetricsOracle.Truth, [lengths[k]])[0];
            Assert.Equal(lengths[k], together[k].At);
            foreach (var metric in Enum.GetValues<RankingMetric>())
                Assert.Equal(alone.Of(metric), together[k].Of(metric));
        }
    }

    [Fact]
    public void A_user_with_more_test_items_than_ranks_can_reach_full_recall_only_under_the_min_form()
    {
        var metrics = RankingMetrics.Of(Lists.Block([1, 2]), Lists.Truth([1, 2, 3, 4]), [2])[0];

        Assert.Equal(0.5, metrics.Of(RankingMetric.Recall)[0]);
        Assert.Equal(1, metrics.Of(RankingMetric.RecallMin)[0]);
        Assert.Equal(1, metrics.Of(RankingMetric.Ndcg)[0]);
        Assert.Equal(1, metrics.Of(RankingMetric.AveragePrecision)[0]);
    }

    [Fact]
    public void An_empty_list_scores_zero_and_a_short_one_is_divided_by_the_full_length()
    {
        var metrics = RankingMetrics.Of(Lists.Block([], [5]), Lists.Truth([5], [5]), [10])[0];

        Assert.Equal([0, 0.1], metrics.Of(RankingMetric.Precision));
        Assert.Equal([0, 1], metrics.Of(RankingMetric.Recall));
        Assert.Equal([0, 1], metrics.Of(RankingMetric.Ndcg));
    }

    [Fact]
    public void Lists_of_other_users_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => RankingMetrics.Of(Lists.Block([1], [2]), Lists.Truth([1]), [10]));

        Assert.Equal("2 lists for 1 test users: one list per test user is needed.", error.Message);
    }

    [Fact]
    public void A_truth_with_a_user_without_items_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Lists.Truth([1], []));

        Assert.StartsWith("User 1 has no test item; users without any are left out.", error.Message, StringComparison.Ordinal);
    }
}
