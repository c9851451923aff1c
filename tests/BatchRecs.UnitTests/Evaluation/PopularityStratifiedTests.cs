using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class PopularityStratifiedTests
{
    [Fact]
    public void Figures_equal_those_of_the_oracle()
    {
        var figures = PopularityStratified.Of(
            MetricsOracle.TestLists, MetricsOracle.Truth, MetricsOracle.N, MetricsOracle.ItemCounts, exponent: 0.5);

        Assert.Equal(MetricsOracle.Expected("snipsRecall"), figures.Recall, 1e-12);
        Assert.Equal(MetricsOracle.Expected("snipsDcg"), figures.Dcg, 1e-12);
    }

    [Fact]
    public void Propensities_are_powers_of_relative_popularity_with_a_floor()
    {
        double[] propensities = PopularityStratified.Propensities([99, 24, 0], exponent: 1);
        double[] floored = PopularityStratified.Propensities([9999, 0], exponent: 1);

        Assert.Equal([1, 0.25, 0.01], propensities);
        Assert.Equal([1, 0.01], floored);
    }

    [Fact]
    public void The_pooled_form_weighs_users_with_one_test_item_too()
    {
        // p = 1 and 0.25, so the items weigh 1 and 4; the well known one is hit, the other is not.
        var figures = PopularityStratified.Of(Lists.Block([0], [0]), Lists.Truth([0], [1]), at: 1, [99, 24], exponent: 1);

        Assert.Equal(0.5, figures.Recall);
        Assert.Equal(0.2, figures.PooledRecall, 1e-12);
        Assert.Equal(0.2, figures.PooledDcg, 1e-12);
        Assert.Equal(1, figures.SingleItemUsers);
        Assert.Equal(25.0 / 17, figures.EffectiveSampleSize, 1e-12);
    }

    /// <summary>Equal weights cancel out: what remains is recall, per user or over all pairs at once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void With_equal_propensities_both_forms_are_the_plain_metric(double exponent)
    {
        var (lists, truth) = (MetricsOracle.TestLists, MetricsOracle.Truth);
        int[] alike = [.. MetricsOracle.ItemCounts.Select(_ => 7)];

        var figures = PopularityStratified.Of(lists, truth, MetricsOracle.N, alike, exponent);

        double[] recall = RankingMetrics.Of(lists, truth, [MetricsOracle.N])[0].Of(RankingMetric.Recall);
        double[] wanted = [.. Enumerable.Range(0, truth.UserCount).Select(n => (double)truth.Of(n).Length)];
        Assert.Equal(MetricsOracle.Expected("recall"), figures.Recall, 1e-12);
        Assert.Equal(recall.Zip(wanted, (share, items) => share * items).Sum() / wanted.Sum(), figures.PooledRecall, 1e-12);
        Assert.Equal(wanted.Sum(), figures.EffectiveSampleSize, 1e-9);
    }

    [Fact]
    public void Few_pairs_are_not_reliable_and_many_alike_are()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];

        var few = PopularityStratified.Of(Lists.Block([0]), Lists.Truth(items[..999]), at: 1, new int[1000], exponent: 0.5);
        var many = PopularityStratified.Of(Lists.Block([0]), Lists.Truth(items), at: 1, new int[1000], exponent: 0.5);

        Assert.False(few.Reliable);
        Assert.True(many.Reliable);
    }
}
