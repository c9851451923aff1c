using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Similarities;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.ReRanking;

/// <summary>A few items with categories and factors, and users with histories, to put lists of them into order.</summary>
static class SomeItems
{
    static readonly WeighingOptions Weighing = new() { Events = [new EventWeight("buy")] };

    /// <summary>Makes what re-rankers look at.</summary>
    /// <param name="categories">The categories of each item: one letter each.</param>
    /// <param name="histories">The items of each user; users who only give other items an event come after them.</param>
    /// <param name="factors">The factors of each item; null = there are none.</param>
    public static ReRankingData Data(string[] categories, int[][]? histories = null, float[][]? factors = null)
    {
        var taken = histories ?? [[0]];
        var events = new SomeEvents(taken.Length + 1, categories.Length, "buy");
        for (int user = 0; user < taken.Length; user++)
            foreach (int item in taken[user])
                events.Add(user, item, "buy");
        for (int item = 0; item < categories.Length; item++)
            events.Add(taken.Length, item, "buy");
        var snapshot = events.ToSnapshot() with { Catalog = Catalog(categories) };
        return new ReRankingData(
            new TrainingData(snapshot, Weigher.Weigh(snapshot, Weighing)),
            factors is null ? null : new FactorSimilarity([.. factors.SelectMany(row => row)], factors[0].Length));
    }

    public static ItemCatalog Catalog(string[] categories)
    {
        var builder = new ItemCatalogBuilder(categories.Length);
        for (int item = 0; item < categories.Length; item++)
            foreach (char category in categories[item])
                builder.AddCategory(item, [category]);
        return builder.Build();
    }

    /// <summary>Draws a world: 60 items of one to three of six categories, with four factors, and 30 users with histories.</summary>
    public static ReRankingData Draw(ulong seed)
    {
        string[] categories = [.. Enumerable.Range(0, 60).Select(item => new string([.. Enumerable
            .Range(0, CounterRandom.Index(seed, item, 0, 4))
            .Select(k => (char)('a' + CounterRandom.Index(seed, item, 1 + k, 6)))
            .Distinct()]))];
        int[][] histories = [.. Enumerable.Range(0, 30).Select(user => Enumerable
            .Range(0, 1 + CounterRandom.Index(seed, 100 + user, 0, 12))
            .Select(k => CounterRandom.Index(seed, 100 + user, 1 + k, 60))
            .Distinct()
            .ToArray())];
        float[][] factors = [.. Enumerable.Range(0, 60).Select(item => Enumerable
            .Range(0, 4)
            .Select(f => (float)CounterRandom.Normal(seed, 1000 + item, f))
            .ToArray())];
        return Data(categories, histories, factors);
    }

    /// <summary>Draws the candidates of a user: distinct items with scores that never rise, some of them equal.</summary>
    public static (int[] Items, float[] Scores) DrawList(ulong seed, int user, int count)
    {
        int[] items = [.. Enumerable.Range(0, 60).OrderBy(item => CounterRandom.Uniform(seed, 2000 + user, item)).Take(count)];
        float[] scores = [.. Enumerable
            .Range(0, count)
            .Select(k => (float)CounterRandom.Index(seed, 3000 + user, k, 40) / 40)
            .OrderDescending()];
        return (items, scores);
    }

    /// <summary>Puts a list into order.</summary>
    /// <param name="reRanker">The re-ranker.</param>
    /// <param name="items">The candidates, best first.</param>
    /// <param name="count">Length of the finished list.</param>
    /// <param name="user">User index.</param>
    /// <param name="scores">The scores; by default they fall evenly from 1 to 0.</param>
    /// <returns>All candidates in their new order.</returns>
    public static int[] Order(IReRanker reRanker, int[] items, int count = 10, int user = 0, float[]? scores = null) =>
        Reordered(reRanker, items, count, user, scores).Items.ToArray();

    /// <summary>Puts a list into order and returns all that is known of it.</summary>
    public static Shortlist Reordered(IReRanker reRanker, int[] items, int count = 10, int user = 0, float[]? scores = null)
    {
        var list = new Shortlist();
        list.Load(user, items, scores ?? Falling(items.Length), count);
        reRanker.ReRank(list);
        list.Apply();
        return list;
    }

    /// <summary>Returns scores that fall evenly from 1 to 0.</summary>
    public static float[] Falling(int count) => [.. Enumerable.Range(0, count).Select(k => 1 - (k / (float)Math.Max(1, count - 1)))];
}
