using BatchRecs.Core.Data;

namespace BatchRecs.Core.Ranking;

/// <summary>Builds the popular and trending lists: one of each for everybody and one of each per category.</summary>
public static class PopularLists
{
    /// <summary>The segment of everybody. A category of this very name gets no lists of its own: they would share its rows.</summary>
    public const string Everybody = "all";

    /// <summary>The kind that is ordered by popularity.</summary>
    public const string Popular = "popular";

    /// <summary>The kind that is ordered by trend.</summary>
    public const string Trending = "trending";

    /// <summary>Builds all lists.</summary>
    /// <param name="popularity">Popularity per item.</param>
    /// <param name="trending">Trend per item, same length.</param>
    /// <param name="count">Largest length of a list.</param>
    /// <param name="categories">The items' categories; null = only the lists of everybody.</param>
    /// <param name="ineligible">One flag per item; true = in no list; null = every item is eligible.</param>
    /// <returns>Rows by kind (popular, then trending), segment (everybody, then the categories in order) and rank (from 1). Only
    /// items with a positive score are listed, best first, ties to the lower item index.</returns>
    public static List<PopularItem> Build(
        ReadOnlySpan<double> popularity,
        ReadOnlySpan<double> trending,
        int count,
        ItemCatalog? categories = null,
        bool[]? ineligible = null)
    {
        var rows = new List<PopularItem>();
        Append(rows, Popular, popularity, count, categories, ineligible);
        Append(rows, Trending, trending, count, categories, ineligible);
        return rows;
    }

    static void Append(
        List<PopularItem> rows,
        string kind,
        ReadOnlySpan<double> scores,
        int count,
        ItemCatalog? categories,
        bool[]? ineligible)
    {
        int[] order = BestFirst(scores, ineligible);
        AppendList(rows, kind, Everybody, order.AsSpan(0, Math.Min(count, order.Length)), scores);
        if (categories is null)
            return;

        // One sort serves all categories: an item is offered to each of its categories in the overall order.
        var members = new List<int>[categories.CategoryNames.Length];
        for (int category = 0; category < members.Length; category++)
            members[category] = [];
        foreach (int item in order)
            foreach (int category in categories.CategoriesOf(item))
                if (members[category].Count < count)
                    members[category].Add(item);
        for (int category = 0; category < members.Length; category++)
            if (categories.CategoryNames[category] != Everybody)
                AppendList(rows, kind, categories.CategoryNames[category], [.. members[category]], scores);
    }

    static void AppendList(List<PopularItem> rows, string kind, string segment, ReadOnlySpan<int> items, ReadOnlySpan<double> scores)
    {
        for (int k = 0; k < items.Length; k++)
            rows.Add(new PopularItem(segment, kind, k + 1, items[k], scores[items[k]]));
    }

    static int[] BestFirst(ReadOnlySpan<double> scores, bool[]? ineligible)
    {
        var items = new List<int>();
        for (int item = 0; item < scores.Length; item++)
            if (scores[item] > 0 && ineligible?[item] != true)
                items.Add(item);

        int[] order = [.. items];
        double[] keys = new double[order.Length];
        for (int k = 0; k < order.Length; k++)
            keys[k] = -scores[order[k]];
        Array.Sort(keys, order);
        // The sort is not stable: put runs of equal scores back into the order of the items.
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && keys[end] == keys[start];)
                end++;
            Array.Sort(order, start, end - start);
        }
        return order;
    }
}
