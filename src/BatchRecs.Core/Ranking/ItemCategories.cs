namespace BatchRecs.Core.Ranking;

/// <summary>Which categories each item belongs to; an item may have none or several.</summary>
/// <param name="Names">The names of the categories, in the order in which their lists are written.</param>
/// <param name="RowPtr">Offsets of the items' categories; length itemCount + 1.</param>
/// <param name="Categories">Indices into <paramref name="Names"/>, distinct inside an item.</param>
public sealed record ItemCategories(IReadOnlyList<string> Names, int[] RowPtr, int[] Categories)
{
    /// <summary>Returns the categories of item <paramref name="item"/>.</summary>
    public ReadOnlySpan<int> Of(int item) => Categories.AsSpan(RowPtr[item]..RowPtr[item + 1]);
}
