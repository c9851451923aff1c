using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class CalibrationReRankerTests
{
    /// <summary>User 0 has taken two items of a and one of b; items 3 to 8 are to be recommended.</summary>
    static readonly ReRankingData Data = SomeItems.Data(["a", "a", "b", "a", "a", "a", "b", "b", "ab"], [[0, 1, 2], []]);

    [Fact]
    public void The_profile_is_the_share_of_each_category_in_the_history()
    {
        double[] p = new double[2];

        Assert.True(new CategoryProfile(Data).TryRead(0, p));

        Assert.Equal([2.0 / 3, 1.0 / 3], p, Near);
    }

    [Fact]
    public void An_item_of_two_categories_is_half_of_each()
    {
        double[] p = new double[2];

        Assert.True(new CategoryProfile(SomeItems.Data(["ab", "b", ""], [[0, 1, 2]])).TryRead(0, p));

        Assert.Equal([0.25, 0.75], p, Near);
    }

    [Fact]
    public void Without_a_category_in_the_history_nothing_changes()
    {
        var data = SomeItems.Data(["", "a", "b"], [[0]]);

        Assert.False(new CategoryProfile(data).TryRead(0, new double[2]));
        Assert.Equal([2, 1], SomeItems.Order(Calibration(1, data), [2, 1]));
    }

    /// <summary>p = (2/3, 1/3). A list of a alone: q̃ = (0.99 + 0.01 · 2/3, 0.01/3): 2/3 ln(0.667/0.997) + 1/3 ln 100 = 1.267.</summary>
    [Fact]
    public void The_divergence_is_that_of_the_definition()
    {
        double[] p = [2.0 / 3, 1.0 / 3];
        var profile = new CategoryProfile(Data);

        Assert.Equal(0, profile.Divergence(p, [3, 4, 6]), 12);
        Assert.Equal(
            (2.0 / 3 * Math.Log(2.0 / 3 / (0.99 + (0.01 * 2 / 3)))) + (1.0 / 3 * Math.Log(100)), profile.Divergence(p, [3, 4]), 12);
        Assert.Equal(Math.Log(100), profile.Divergence(p, []), 12);
    }

    [Fact]
    public void A_lambda_of_zero_changes_nothing() => Assert.Equal([3, 4, 5, 6, 7], SomeItems.Order(Calibration(0, Data), [3, 4, 5, 6, 7]));

    /// <summary>Three a and three b are there; two of a and one of b are wanted.</summary>
    [Fact]
    public void A_lambda_of_one_gives_the_proportions_of_the_history() =>
        Assert.Equal([3, 6, 4], SomeItems.Order(Calibration(1, Data), [3, 4, 5, 6, 7], count: 3)[..3]);

    /// <summary>The greedy order, with the divergence of every prefix worked out anew.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void The_order_is_that_of_the_definition(double lambda)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var data = SomeItems.Draw(seed);
            var (items, scores) = SomeItems.DrawList(seed, 3, 30);

            int[] found = SomeItems.Order(Calibration(lambda, data), items, 12, 3, scores);

            Assert.Equal(Naive(items, scores, 12, lambda, data), found[..12]);
        }
    }

    /// <summary>
    /// Of all lists of four out of eight candidates, the greedy one covers at least 1 − 1/e of the way from the worst to the best.
    /// </summary>
    [Fact]
    public void Greedy_lists_are_close_to_the_best_of_all()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            var data = SomeItems.Draw(seed);
            int user = (int)(seed % 30);
            var (items, scores) = SomeItems.DrawList(seed, user, 8);
            double[] all = [.. Subsets(items, 4).Select(subset => Value(items, scores, subset, 0.5, data, user))];

            int[] greedy = SomeItems.Order(Calibration(0.5, data), items, 4, user, scores)[..4];

            double covered = (Value(items, scores, greedy, 0.5, data, user) - all.Min()) / (all.Max() - all.Min());
            Assert.InRange(covered, 1 - (1 / Math.E), 1 + 1e-9);
        }
    }

    static int[] Naive(int[] items, float[] scores, int count, double lambda, ReRankingData data)
    {
        var chosen = new List<int>();
        while (chosen.Count < count)
            chosen.Add(items
                .Where(item => !chosen.Contains(item))
                .MaxBy(item => Math.Round(Value(items, scores, [.. chosen, item], lambda, data), 12)));
        return [.. chosen];
    }

    /// <summary>(1 − λ) Σ s(i) − λ KL(p‖q̃).</summary>
    static double Value(int[] items, float[] scores, int[] list, double lambda, ReRankingData data, int user = 3)
    {
        double Relevance(int item) =>
            ((double)scores[Array.IndexOf(items, item)] - scores[^1]) / ((double)scores[0] - scores[^1]);
        double[] p = new double[data.Catalog.CategoryNames.Length];
        var profile = new CategoryProfile(data);
        double divergence = profile.TryRead(user, p) ? profile.Divergence(p, list) : 0;
        return ((1 - lambda) * list.Sum(Relevance)) - (lambda * divergence);
    }

    static IEnumerable<int[]> Subsets(int[] items, int count) => Enumerable
        .Range(0, 1 << items.Length)
        .Where(bits => int.PopCount(bits) == count)
        .Select(bits => items.Where((_, n) => (bits >> n & 1) == 1).ToArray());

    static CalibrationReRanker Calibration(double lambda, ReRankingData data) => new(new CalibrationOptions { Lambda = lambda }, data);

    static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
