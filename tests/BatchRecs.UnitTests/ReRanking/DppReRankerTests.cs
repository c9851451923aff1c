using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Similarities;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class DppReRankerTests
{
    /// <summary>
    /// Cosines 0.6 (0–1), 0 (0–2), 0.8 (1–2). At λ = 0 the first is the first; then 1 adds 1 − 0.36 and 2 adds 1: so 2.
    /// </summary>
    [Fact]
    public void What_adds_most_to_the_list_comes_next() => Assert.Equal([0, 2, 1], Order(0, [[1, 0], [3, 4], [0, 1]]));

    /// <summary>Relevance 1, 0.5, 0 and a = 0.8 / 0.4 = 2: squared quality e⁴, e², 1; 1 adds 0.64 e² = 4.7 and 2 adds 1: so 1.</summary>
    [Fact]
    public void Relevance_counts_with_lambda() => Assert.Equal([0, 1, 2], Order(0.8, [[1, 0], [3, 4], [0, 1]]));

    [Fact]
    public void What_adds_nothing_keeps_its_order() =>
        Assert.Equal([0, 3, 1, 2, 4], Order(0, [[1, 0], [2, 0], [1, 0], [0, 1], [1, 1]]));

    /// <summary>The definition: each step takes the item with which the determinant of the whole list is greatest.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void The_order_is_that_of_the_greatest_determinants(double lambda)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var data = SomeItems.Draw(seed);
            var (items, scores) = SomeItems.DrawList(seed, 0, 30);
            var reRanker = new DppReRanker(new DppOptions { Lambda = lambda }, data);

            int[] found = SomeItems.Order(reRanker, items, 4, 0, scores);

            Assert.Equal(Naive(items, scores, 4, lambda, data.Factors!), found[..4]);
        }
    }

    static int[] Naive(int[] items, float[] scores, int count, double lambda, FactorSimilarity factors)
    {
        double Quality(int item) => Math.Exp(
            lambda / (2 * (1 - lambda)) * ((double)scores[Array.IndexOf(items, item)] - scores[^1]) / ((double)scores[0] - scores[^1]));
        double Kernel(int a, int b) => Quality(a) * Quality(b) * (a == b ? 1 : factors.Of(a, b));
        var chosen = new List<int>();
        while (chosen.Count < count)
            chosen.Add(items
                .Where(item => !chosen.Contains(item))
                .MaxBy(item => Math.Round(Determinant([.. chosen, item], Kernel), 10)));
        return [.. chosen];
    }

    /// <summary>Returns the determinant of the kernel of some items by expansion along the first row.</summary>
    static double Determinant(int[] items, Func<int, int, double> kernel)
    {
        double Minor(int[] rows, int[] columns) => rows.Length == 0 ? 1 : columns
            .Select((column, n) => (n % 2 == 0 ? 1 : -1) * kernel(rows[0], column)
                * Minor(rows[1..], [.. columns.Where(other => other != column)]))
            .Sum();
        return Minor(items, items);
    }

    static int[] Order(double lambda, float[][] factors)
    {
        var data = SomeItems.Data([.. factors.Select(_ => "")], factors: factors);
        return SomeItems.Order(new DppReRanker(new DppOptions { Lambda = lambda }, data), [.. Enumerable.Range(0, factors.Length)]);
    }
}
