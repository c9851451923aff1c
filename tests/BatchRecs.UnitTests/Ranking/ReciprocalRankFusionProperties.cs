using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Ranking;

public sealed class ReciprocalRankFusionProperties
{
    static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void A_fused_list_holds_each_proposed_item_once_and_no_other() => Check.One(Cases, Prop.ForAll<int[], int[]>((first, second) =>
    {
        (first, second) = (Items(first), Items(second));

        var fused = ReciprocalRankFusion.Fuse([Lists.Block(first), Lists.Block(second)], [1, 0.3], count: 200);

        return fused.Candidates.ItemsOf(0).ToArray().Order().SequenceEqual(first.Union(second).Order());
    }));

    [Fact]
    public void A_fused_list_is_ordered_by_score_then_item() => Check.One(Cases, Prop.ForAll<int[], int[]>((first, second) =>
    {
        var fused = ReciprocalRankFusion.Fuse([Lists.Block(Items(first)), Lists.Block(Items(second))], [0.7, 1], count: 200);

        var rows = fused.Candidates.ScoresOf(0).ToArray().Zip(fused.Candidates.ItemsOf(0).ToArray()).ToArray();
        return rows.SequenceEqual(rows.OrderByDescending(row => row.First).ThenBy(row => row.Second));
    }));

    [Fact]
    public void A_shorter_fused_list_is_the_head_of_a_longer_one() => Check.One(Cases, Prop.ForAll<int[], int[]>((first, second) =>
    {
        CandidateBlock[] sources = [Lists.Block(Items(first)), Lists.Block(Items(second))];

        var head = ReciprocalRankFusion.Fuse(sources, [1, 1], count: 3).Candidates;
        var whole = ReciprocalRankFusion.Fuse(sources, [1, 1], count: 200).Candidates;

        return whole.ItemsOf(0)[..Math.Min(3, whole.Lengths[0])].SequenceEqual(head.ItemsOf(0));
    }));

    [Fact]
    public void One_scorer_alone_keeps_its_order() => Check.One(Cases, Prop.ForAll<int[]>(proposed =>
    {
        int[] items = Items(proposed);

        var fused = ReciprocalRankFusion.Fuse([Lists.Block(items)], [0.4], count: 200);

        return fused.Candidates.ItemsOf(0).SequenceEqual(items);
    }));

    /// <summary>Makes a list of distinct item indices below 40 from any numbers.</summary>
    static int[] Items(int[] numbers) => [.. numbers.Select(number => (int)((uint)number % 40)).Distinct()];
}
