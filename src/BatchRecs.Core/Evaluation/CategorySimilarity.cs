using BatchRecs.Core.Data;

namespace BatchRecs.Core.Evaluation;

/// <summary>Items are similar by the categories that they share: |A ∩ B| / √(|A| |B|).</summary>
/// <param name="catalog">The categories of the items.</param>
public sealed class CategorySimilarity(ItemCatalog catalog) : ItemSimilarity
{
    /// <inheritdoc/>
    public override string Of => "categories";

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
    public override double Cosine(int a, int b)
    {
        var left = catalog.CategoriesOf(a);
        var right = catalog.CategoriesOf(b);
        int shared = 0;
        for (int n = 0, m = 0; n < left.Length && m < right.Length;)
            if (left[n] == right[m])
                (shared, n, m) = (shared + 1, n + 1, m + 1);
            else if (left[n] < right[m])
                n++;
            else
                m++;
        return shared == 0 ? 0 : shared / Math.Sqrt((double)left.Length * right.Length);
    }
}
