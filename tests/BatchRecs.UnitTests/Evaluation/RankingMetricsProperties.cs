using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class RankingMetricsProperties
{
    static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Every_metric_lies_between_0_and_1() => Check.One(Cases, Prop.ForAll<int[], int[], byte>((list, wanted, at) =>
        Enum.GetValues<RankingMetric>().All(metric => Measure(list, wanted, at).Of(metric)[0] is >= 0 and <= 1 + 1e-12)));

    [Fact]
    public void A_list_that_starts_with_all_test_items_has_an_ndcg_of_1() => Check.One(Cases, Prop.ForAll<int[], byte>((numbers, at) =>
    {
        int[] wanted = Items(numbers, least: 1);

        return Math.Abs(Measure(wanted, wanted, at).Of(RankingMetric.Ndcg)[0] - 1) < 1e-12;
    }));

    [Fact]
    public void A_longer_list_never_lowers_recall_or_first_hit() => Check.One(Cases, Prop.ForAll<int[], int[], byte>((list, wanted, at) =>
    {
        var shorter = Measure(list, wanted, at);
        var longer = Measure(list, wanted, (byte)Math.Min(255, at + 5));

        return longer.Of(RankingMetric.Recall)[0] >= shorter.Of(RankingMetric.Recall)[0]
            && longer.Of(RankingMetric.ReciprocalRank)[0] >= shorter.Of(RankingMetric.ReciprocalRank)[0];
    }));

    [Fact]
    public void Moving_a_hit_up_one_rank_never_lowers_ndcg() => Check.One(Cases, Prop.ForAll<int[], int[], byte>((list, wanted, at) =>
    {
        int[] items = Items(list, least: 2);
        int[] hits = Items(wanted, least: 1);
        int hit = Array.FindIndex(items, 1, hits.Contains);
        if (hit < 0)
            return true;
        int[] better = [.. items];
        (better[hit - 1], better[hit]) = (better[hit], better[hit - 1]);

        return Measure(better, hits, at).Of(RankingMetric.Ndcg)[0] >= Measure(items, hits, at).Of(RankingMetric.Ndcg)[0] - 1e-12;
    }));

    [Fact]
    public void Stratified_metrics_lie_between_0_and_1_and_equal_recall_where_all_items_are_alike() =>
        Check.One(Cases, Prop.ForAll<int[], int[], byte>((list, wanted, at) =>
        {
            int length = at + 1;
            var (lists, truth) = (Lists.Block(Items(list, 0)), Lists.Truth(Items(wanted, 1)));
            int[] uneven = [.. Enumerable.Range(0, 40).Select(item => item * item)];

            var alike = PopularityStratified.Of(lists, truth, length, new int[40], exponent: 1);
            var weighed = PopularityStratified.Of(lists, truth, length, uneven, exponent: 1);

            return Math.Abs(alike.Recall - RankingMetrics.Of(lists, truth, [length])[0].Of(RankingMetric.Recall)[0]) < 1e-12
                && weighed.Recall is >= 0 and <= 1 + 1e-12
                && weighed.Dcg >= 0 && weighed.Dcg <= weighed.Recall + 1e-12;
        }));

    static UserMetrics Measure(int[] list, int[] wanted, byte at) =>
        RankingMetrics.Of(Lists.Block(Items(list, 0)), Lists.Truth(Items(wanted, 1)), [at + 1])[0];

    /// <summary>Makes at least so many distinct item indices below 40 from any numbers.</summary>
    static int[] Items(int[] numbers, int least)
    {
        int[] items = [.. numbers.Select(number => (int)((uint)number % 40)).Distinct()];
        return items.Length >= least ? items : [.. items.Union(Enumerable.Range(0, least))];
    }
}
