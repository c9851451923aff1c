using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class XquadReRankerTests
{
    /// <summary>The user has taken two of a and one of b: p(a) = 2/3, p(b) = 1/3.</summary>
    static readonly ReRankingData Data = SomeItems.Data(["a", "a", "b", "a", "a", "b", "ab", "c"], [[0, 1, 2]]);

    /// <summary>
    /// λ = 0.5, relevance 1, 0.5, 0 for items 3 (a), 4 (a), 5 (b). First 3: 0.5 + 0.5 · 2/3. Then a is covered: 4 is worth 0.25,
    /// 5 is worth 0.5 · 1/3 = 0.167: so 4. With λ = 0.7: 4 is worth 0.15, 5 is worth 0.233: so 5.
    /// </summary>
    [Theory]
    [InlineData(0, new[] { 3, 4, 5 })]
    [InlineData(0.5, new[] { 3, 4, 5 })]
    [InlineData(0.7, new[] { 3, 5, 4 })]
    public void What_covers_a_further_category_goes_up_with_lambda(double lambda, int[] expected) =>
        Assert.Equal(expected, Order(lambda, [3, 4, 5]));

    /// <summary>
    /// Item 6 is half of a and half of b, so after it half of both is open: 3 is worth 0.7 · 1/3 + 0.3 · 0.5 = 0.383, 5 is worth 0.7 · 1/6.
    /// </summary>
    [Fact]
    public void An_item_of_two_categories_covers_half_of_each() => Assert.Equal([6, 3, 5], Order(0.7, [6, 3, 5]));

    [Fact]
    public void A_category_that_the_history_lacks_counts_for_nothing() => Assert.Equal([3, 7, 5], Order(0.2, [3, 7, 5]));

    /// <summary>The definition, with every product worked out anew at every step.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.8)]
    public void The_order_is_that_of_the_definition(double lambda)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var data = SomeItems.Draw(seed);
            var (items, scores) = SomeItems.DrawList(seed, 3, 40);

            int[] found = SomeItems.Order(new XquadReRanker(new XquadOptions { Lambda = lambda }, data), items, 15, 3, scores);

            Assert.Equal(Naive(items, scores, 15, lambda, data), found[..15]);
        }
    }

    static int[] Naive(int[] items, float[] scores, int count, double lambda, ReRankingData data)
    {
        double[] p = new double[data.Catalog.CategoryNames.Length];
        if (!new CategoryProfile(data).TryRead(3, p))
            return items[..count];
        double Share(int item, int category) =>
            data.Catalog.CategoriesOf(item).Contains(category) ? 1.0 / data.Catalog.CategoriesOf(item).Length : 0;
        var chosen = new List<int>();
        while (chosen.Count < count)
            chosen.Add(items
                .Select((item, k) => (item, Relevance: ((double)scores[k] - scores[^1]) / ((double)scores[0] - scores[^1])))
                .Where(candidate => !chosen.Contains(candidate.item))
                .MaxBy(candidate => Math.Round(
                    ((1 - lambda) * candidate.Relevance)
                    + (lambda * p.Select((share, category) => share * Share(candidate.item, category)
                        * chosen.Aggregate(1.0, (product, above) => product * (1 - Share(above, category)))).Sum()),
                    12)).item);
        return [.. chosen];
    }

    static int[] Order(double lambda, int[] items) =>
        SomeItems.Order(new XquadReRanker(new XquadOptions { Lambda = lambda }, Data), items);
}
