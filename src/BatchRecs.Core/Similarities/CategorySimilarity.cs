using BatchRecs.Core.Data;

namespace BatchRecs.Core.Similarities;

/// <summary>Items are similar by the categories that they share: |A ∩ B| / √(|A| |B|).</summary>
/// <param name="catalog">The categories of the items.</param>
public sealed class CategorySimilarity(ItemCatalog catalog) : ItemSimilarity
{
    /// <inheritdoc/>
    public override string Basis => "categories";

    /// <inheritdoc/>
    public override int Dimensions => catalog.CategoryNames.Length;

    /// <inheritdoc/>
    public override double AddTo(int item, Span<double> sum)
    {
        var categories = catalog.CategoriesOf(item);
        foreach (int category in categories)
            sum[category] += 1 / Math.Sqrt(categories.Length);
        return categories.IsEmpty ? 0 : 1;
    }

    /// <inheritdoc/>
    public override double Of(int item, int other)
    {
        int shared = catalog.CountShared(item, other);
        return shared == 0
            ? 0
            : shared / Math.Sqrt((double)catalog.CategoriesOf(item).Length * catalog.CategoriesOf(other).Length);
    }
}
