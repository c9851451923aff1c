using BatchRecs.Core.Data;

namespace BatchRecs.Core.ReRanking;

/// <summary>Similarity as the share of categories that two items have in common.</summary>
/// <param name="catalog">The items' categories.</param>
/// <remarks>|A ∩ B| / |A ∪ B| (Jaccard 1912); 0 where neither item has a category.</remarks>
public sealed class CategoryOverlap(ItemCatalog catalog) : IItemSimilarity
{
    /// <inheritdoc/>
    public double Of(int item, int other)
    {
        var first = catalog.CategoriesOf(item);
        var second = catalog.CategoriesOf(other);
        int common = CountCommon(first, second);
        return common == 0 ? 0 : (double)common / (first.Length + second.Length - common);
    }

    /// <summary>Counts what two ascending lists have in common.</summary>
    internal static int CountCommon(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        int common = 0;
        for (int a = 0, b = 0; a < first.Length && b < second.Length;)
        {
            int order = first[a].CompareTo(second[b]);
            common += order == 0 ? 1 : 0;
            a += order <= 0 ? 1 : 0;
            b += order >= 0 ? 1 : 0;
        }
        return common;
    }
}
