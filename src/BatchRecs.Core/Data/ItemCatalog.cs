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
