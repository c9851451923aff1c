namespace BatchRecs.Core.Data;

/// <summary>What is known of the items of a snapshot besides events; all arrays follow the order of <see cref="Snapshot.Items"/>.</summary>
public sealed record ItemCatalog
{
    /// <summary>Gets the title of each item; null where there is none.</summary>
    public required string?[] Titles { get; init; }

    /// <summary>Gets the names of the categories, ascending by UTF-8 bytes.</summary>
    public required string[] CategoryNames { get; init; }

    /// <summary>Gets where the categories of each item start in <see cref="CategoryIndex"/>; length items + 1.</summary>
    public required int[] CategoryRowPtr { get; init; }

    /// <summary>Gets the categories of all items: indices into <see cref="CategoryNames"/>, ascending inside an item.</summary>
    public required int[] CategoryIndex { get; init; }

    /// <summary>Gets the number of rows that were left out because their item has no event.</summary>
    public long RowsWithoutEvents { get; init; }

    /// <summary>Gets the number of categories that were left out because their name is too long to be served.</summary>
    public long LongCategories { get; init; }

    /// <summary>Returns the categories of item <paramref name="item"/>, ascending.</summary>
    public ReadOnlySpan<int> CategoriesOf(int item) => CategoryIndex.AsSpan(CategoryRowPtr[item]..CategoryRowPtr[item + 1]);

    /// <summary>Counts the categories that two items have in common.</summary>
    public int CountShared(int item, int other)
    {
        var first = CategoriesOf(item);
        var second = CategoriesOf(other);
        int shared = 0;
        for (int a = 0, b = 0; a < first.Length && b < second.Length;)
        {
            int order = first[a].CompareTo(second[b]);
            shared += order == 0 ? 1 : 0;
            a += order <= 0 ? 1 : 0;
            b += order >= 0 ? 1 : 0;
        }
        return shared;
    }

    /// <summary>Works out how items are distributed over the categories; every item spreads a weight of 1 evenly over its own.</summary>
    /// <param name="items">The items; those without a category do not count.</param>
    /// <param name="shares">Receives one share per category; all 0 where no item has a category.</param>
    /// <returns>False where no item has a category.</returns>
    public bool TrySpread(ReadOnlySpan<int> items, Span<double> shares)
    {
        shares.Clear();
        int counted = 0;
        foreach (int item in items)
        {
            var categories = CategoriesOf(item);
            counted += categories.IsEmpty ? 0 : 1;
            foreach (int category in categories)
                shares[category] += 1.0 / categories.Length;
        }
        for (int category = 0; category < shares.Length && counted > 0; category++)
            shares[category] /= counted;
        return counted > 0;
    }

    /// <summary>Returns the catalog of some items; the categories keep their indices.</summary>
    /// <param name="items">Ascending indices of the items that stay.</param>
    public ItemCatalog Select(ReadOnlySpan<int> items)
    {
        int[] rowPtr = new int[items.Length + 1];
        string?[] titles = new string?[items.Length];
        var categories = new List<int>();
        for (int n = 0; n < items.Length; n++)
        {
            titles[n] = Titles[items[n]];
            categories.AddRange(CategoriesOf(items[n]));
            rowPtr[n + 1] = categories.Count;
        }
        return this with { Titles = titles, CategoryRowPtr = rowPtr, CategoryIndex = [.. categories] };
    }

    /// <summary>Makes the catalog of items about which nothing is known.</summary>
    public static ItemCatalog Empty(int itemCount) => new()
    {
        Titles = new string?[itemCount],
        CategoryNames = [],
        CategoryRowPtr = new int[itemCount + 1],
        CategoryIndex = [],
    };
}
