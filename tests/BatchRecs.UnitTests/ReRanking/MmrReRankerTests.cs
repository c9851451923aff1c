using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Similarities;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class MmrReRankerTests
{
    /// <summary>Cosines: 0–1 is 1, 0–2 is 0, 0–3 is 0.6, 1–2 is 0, 1–3 is 0.6, 2–3 is 0.8.</summary>
    static readonly float[][] Factors = [[1, 0], [2, 0], [0, 1], [3, 4]];

    /// <summary>
    /// λ = 0.5, relevance 1, 0.9, 0.4, 0. First 0. Then 1: 0.45 − 0.5 = −0.05; 2: 0.2 − 0 = 0.2; 3: 0 − 0.3 = −0.3: so 2. Then
    /// 1: 0.45 − 0.5 · max(1, 0) = −0.05; 3: 0 − 0.5 · max(0.6, 0.8) = −0.4: so 1.
    /// </summary>
    [Fact]
    public void Each_place_goes_to_what_is_relevant_and_unlike_everything_above() =>
        Assert.Equal([0, 2, 1, 3], Order(0.5, [0, 1, 2, 3], [1, 0.9f, 0.4f, 0]));

    [Fact]
    public void A_lambda_of_one_changes_nothing() => Assert.Equal([3, 1, 0, 2], Order(1, [3, 1, 0, 2], [0.3f, 0.2f, 0.2f, 0.1f]));

    /// <summary>With λ = 0 only unlikeness counts: after 0 comes 2 (cosine 0), then 3 (0.8) before 1 (1).</summary>
    [Fact]
    public void A_lambda_of_zero_looks_at_unlikeness_alone() => Assert.Equal([0, 2, 3, 1], Order(0, [0, 1, 2, 3], [1, 0.9f, 0.4f, 0]));

    /// <summary>Items: a, a, b. The second a is worth 0.5 · 0.5 − 0.5 · 1, the b 0 − 0.</summary>
    [Fact]
    public void Without_factors_categories_say_what_is_alike()
    {
        var data = SomeItems.Data(["a", "a", "b"]);

        Assert.Equal([0, 2, 1], SomeItems.Order(new MmrReRanker(new MmrOptions { Lambda = 0.5 }, data), [0, 1, 2]));
    }

    [Fact]
    public void Categories_can_be_asked_for_although_there_are_factors()
    {
        var data = SomeItems.Data(["a", "b", "a", "b"], factors: Factors);
        var options = new MmrOptions { Lambda = 0.5, Similarity = SimilarityKind.Categories };

        Assert.Equal([0, 1, 2, 3], SomeItems.Order(new MmrReRanker(options, data), [0, 1, 2, 3], scores: [1, 0.9f, 0.4f, 0]));
    }

    [Theory]
    [InlineData("ab", "ab", 1)]
    [InlineData("ab", "bc", 1.0 / 3)]
    [InlineData("a", "abc", 1.0 / 3)]
    [InlineData("ab", "cd", 0)]
    [InlineData("", "", 0)]
    public void Overlap_is_what_two_items_have_in_common_over_what_they_have(string first, string second, double expected) =>
        Assert.Equal(expected, new CategoryOverlap(SomeItems.Catalog([first, second])).Of(0, 1), 15);

    [Fact]
    public void Cosines_do_not_depend_on_lengths_and_are_zero_without_factors()
    {
        var factors = new FactorSimilarity([1, 0, 2, 0, 0, 1, 3, 4, 0, 0], 2);

        Assert.Equal([1, 0, 0.6, 0], new[] { 1, 2, 3, 4 }.Select(item => Math.Round(factors.Of(0, item), 12)));
    }

    /// <summary>The definition, with everything worked out anew at every step.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.8)]
    public void The_order_is_that_of_the_definition(double lambda)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var data = SomeItems.Draw(seed);
            var (items, scores) = SomeItems.DrawList(seed, 0, 40);

            int[] found = SomeItems.Order(new MmrReRanker(new MmrOptions { Lambda = lambda }, data), items, 15, 0, scores);

            Assert.Equal(Naive(items, scores, 15, lambda, data.Factors!), found[..15]);
        }
    }

    static int[] Naive(int[] items, float[] scores, int count, double lambda, FactorSimilarity factors)
    {
        var chosen = new List<int>();
        while (chosen.Count < count)
            chosen.Add(items
                .Select((item, k) => (item, Relevance: ((double)scores[k] - scores[^1]) / ((double)scores[0] - scores[^1])))
                .Where(candidate => !chosen.Contains(candidate.item))
                .MaxBy(candidate => (lambda * candidate.Relevance)
                    - ((1 - lambda) * (chosen.Count == 0 ? 0 : chosen.Max(above => factors.Of(above, candidate.item))))).item);
        return [.. chosen];
    }

    static int[] Order(double lambda, int[] items, float[] scores) => SomeItems.Order(
        new MmrReRanker(new MmrOptions { Lambda = lambda }, SomeItems.Data(["", "", "", ""], factors: Factors)), items, 4, 0, scores);
}
