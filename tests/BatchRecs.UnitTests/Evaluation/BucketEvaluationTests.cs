using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class BucketEvaluationTests
{
    static readonly MakerLists Blend = new("blend", MetricsOracle.TestLists);

    [Fact]
    public void Groups_of_users_are_measured_apart_and_together_give_the_whole()
    {
        var truth = MetricsOracle.Truth;
        int[] bucketOf = [.. Enumerable.Range(0, truth.UserCount).Select(n => n % 3)];

        var table = Measure(truth).ByUser("activity", ["a", "b", "c"], bucketOf);

        Assert.Equal("activity", table.By);
        Assert.Equal([14, 14, 14], table.Buckets.Select(bucket => bucket.Users));
        Assert.Equal(MetricsOracle.Expected("ndcg"), table.Buckets.Average(bucket => bucket.Makers[0].Ndcg.Estimate), 1e-12);
        Assert.Equal(MetricsOracle.Expected("recall"), table.Buckets.Average(bucket => bucket.Makers[0].Recall.Estimate), 1e-12);
        Assert.All(table.Buckets, bucket => Assert.InRange(
            bucket.Makers[0].Ndcg.Estimate, bucket.Makers[0].Ndcg.Low, bucket.Makers[0].Ndcg.High));
    }

    [Fact]
    public void A_group_without_users_is_left_out_and_one_user_has_no_figure()
    {
        var truth = Lists.Truth([1], [1], [1]);

        var table = Measure(truth, [1], [1], [2]).ByUser("segment", ["two", "one", "none"], [0, 0, 1]);

        Assert.Equal(["two", "one"], table.Buckets.Select(bucket => bucket.Name));
        Assert.Empty(table.Buckets[1].Makers);
        Assert.Empty(table.Gaps);
    }

    /// <summary>User 0 takes a known and an unknown item, user 1 two unknown ones; both lists hold the known item alone.</summary>
    [Fact]
    public void Parts_of_the_items_take_only_their_test_items()
    {
        var table = Measure(Lists.Truth([0, 5], [5, 6], [0, 6]), [0], [0], [0])
            .ByItem("popularity", ["head", "tail"], [0, -1, -1, -1, -1, 1, 1]);

        Assert.Equal([2, 3], table.Buckets.Select(bucket => bucket.Users));
        Assert.Equal([2, 4], table.Buckets.Select(bucket => bucket.Pairs));
        Assert.Equal([1, 0], table.Buckets.Select(bucket => bucket.Makers[0].Recall.Estimate));
        Assert.Equal([1, 0], table.Buckets.Select(bucket => bucket.Makers[0].Ndcg.Estimate));
        Assert.Equal(("head", "tail", 1.0), (table.Gaps[0].Best, table.Gaps[0].Worst, table.Gaps[0].Ndcg.Estimate));
    }

    /// <summary>For groups without a common user the interval is Welch's: variances of the means add up.</summary>
    [Fact]
    public void The_gap_between_groups_of_users_has_welchs_interval()
    {
        // NDCG@1 is 1, 1, 0, 1 in the first group (mean 3/4, variance 1/4) and 0, 1, 0, 0 in the second (mean 1/4, variance 1/4).
        int[][] lists = [[1], [1], [2], [1], [2], [1], [2], [2]];

        var table = Measure(Lists.Truth([.. lists.Select(_ => new[] { 1 })]), lists)
            .ByUser("activity", ["often", "seldom"], [0, 0, 0, 0, 1, 1, 1, 1]);

        var gap = Assert.Single(table.Gaps);
        Assert.Equal(("blend", "often", "seldom"), (gap.Maker, gap.Best, gap.Worst));
        double margin = 1.959963984540054 * Math.Sqrt((0.25 / 4) + (0.25 / 4));
        Assert.Equal(0.5, gap.Ndcg.Estimate, 1e-12);
        Assert.Equal(0.5 - margin, gap.Ndcg.Low, 1e-12);
        Assert.Equal(0.5 + margin, gap.Ndcg.High, 1e-12);
    }

    /// <summary>Users who are in both parts cannot make them differ by chance: the same values on both sides leave no margin.</summary>
    [Fact]
    public void Common_users_narrow_the_gap()
    {
        int[][] lists = [[0, 1], [2, 3], [0, 1], [2, 3]];

        var table = Measure(Lists.Truth([.. lists.Select(_ => new[] { 0, 1 })]), lists).ByItem("popularity", ["a", "b"], [0, 1, -1, -1]);

        var recall = table.Buckets.Select(bucket => bucket.Makers[0].Recall.Estimate);
        Assert.Equal([0.5, 0.5], recall);
        // Item 0 stands at rank 1 and item 1 at rank 2, in the same lists: only the discount differs.
        double second = 1 / Math.Log2(3);
        double deviation = (1 - second) / 2;
        double margin = 1.959963984540054 * Math.Sqrt(4 * deviation * deviation / 12);
        Assert.Equal((1 - second) / 2, table.Gaps[0].Ndcg.Estimate, 1e-12);
        Assert.Equal(((1 - second) / 2) + margin, table.Gaps[0].Ndcg.High, 1e-12);
    }

    [Theory]
    [InlineData("1,1,1,1", "1 or more events", "0,0,0,0")]
    [InlineData("1,2,3,4", "1 event|2 events|3 events|4 or more events", "0,1,2,3")]
    [InlineData("1,1,1,9", "1–8 events|9 or more events", "0,0,0,1")]
    [InlineData("5,1,1200,3,2,40,7,1", "1 event|2–4 events|5–39 events|40 or more events", "2,0,3,1,1,3,2,0")]
    public void Users_are_split_into_quarters_by_their_events(string counts, string names, string buckets)
    {
        var split = Quartiles.Split([.. counts.Split(',').Select(int.Parse)]);

        Assert.Equal(names, string.Join('|', split.Names));
        Assert.Equal(buckets, string.Join(',', split.Of));
    }

    static BucketEvaluation Measure(TestTruth truth, params int[][] lists) => lists.Length == 0
        ? new(truth, [Blend], MetricsOracle.N, seed: 3)
        : new(truth, [new MakerLists("blend", Lists.Block(lists))], lists[0].Length, seed: 3);
}
