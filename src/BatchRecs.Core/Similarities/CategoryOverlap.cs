using BatchRecs.Core.Data;

namespace BatchRecs.Core.Similarities;

/// <summary>Similarity as the share of categories that two items have in common.</summary>
/// <param name="catalog">The items' categories.</param>
/// <remarks>|A ∩ B| / |A ∪ B| (Jaccard 1912); 0 where neither item has a category.</remarks>
public sealed class CategoryOverlap(ItemCatalog catalog) : IItemSimilarity
{
    /// <inheritdoc/>
    public double Of(int item, int other)
    {
        int shared = catalog.CountShared(item, other);
        return shared == 0
            ? 0
            : (double)shared / (catalog.CategoriesOf(item).Length + catalog.CategoriesOf(other).Length - shared);
    }
}
