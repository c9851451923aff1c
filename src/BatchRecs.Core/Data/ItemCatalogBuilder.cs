namespace BatchRecs.Core.Data;

/// <summary>Makes an item catalog of rows that arrive in any order; several rows of one item are allowed.</summary>
/// <param name="itemCount">Number of items; every index is below it.</param>
public sealed class ItemCatalogBuilder(int itemCount)
{
    readonly string?[] _titles = new string?[itemCount];
    readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    readonly HashSet<(int Item, int Category)> _pairs = [];

    /// <summary>Gets or sets the number of rows that were left out because their item has no event.</summary>
    public long RowsWithoutEvents { get; set; }

    /// <summary>Gets or sets the number of categories that were left out because their name is too long to be served.</summary>
    public long LongCategories { get; set; }

    /// <summary>Notes a title. Of several, the one that sorts first by UTF-8 bytes is kept, so the order of rows does not matter.</summary>
    /// <param name="item">Item index.</param>
    /// <param name="title">The title; surrounding blanks are dropped, an empty one is none.</param>
    public void AddTitle(int item, string title)
    {
        string trimmed = title.Trim();
        if (trimmed.Length > 0 && (_titles[item] is not { } known || TextIdMap.Order.Compare(trimmed, known) < 0))
            _titles[item] = trimmed;
    }

    /// <summary>Notes a category; the categories of several rows of one item are united.</summary>
    /// <param name="item">Item index.</param>
    /// <param name="category">The category; surrounding blanks are dropped, an empty one is none.</param>
    public void AddCategory(int item, ReadOnlySpan<char> category)
    {
        var trimmed = category.Trim();
        if (trimmed.IsEmpty)
            return;
        var lookup = _categories.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(trimmed, out int code))
            lookup[trimmed] = code = _categories.Count;
        _pairs.Add((item, code));
    }

    /// <summary>Makes the catalog.</summary>
    public ItemCatalog Build()
    {
        string[] names = [.. _categories.Keys];
        Array.Sort(names, TextIdMap.Order);
        int[] indexOfCode = new int[names.Length];
        for (int index = 0; index < names.Length; index++)
            indexOfCode[_categories[names[index]]] = index;

        var (rowPtr, categories) = PairRows.Sort(_pairs.Select(pair => (pair.Item, indexOfCode[pair.Category])), itemCount);
        return new ItemCatalog
        {
            Titles = _titles,
            CategoryNames = names,
            CategoryRowPtr = rowPtr,
            CategoryIndex = categories,
            RowsWithoutEvents = RowsWithoutEvents,
            LongCategories = LongCategories,
        };
    }
}
