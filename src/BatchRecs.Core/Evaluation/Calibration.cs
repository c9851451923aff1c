using BatchRecs.Core.Data;

namespace BatchRecs.Core.Evaluation;

/// <summary>How far the categories of a list are from those of the user's history (Steck 2018).</summary>
/// <param name="catalog">The categories of the items.</param>
sealed class Calibration(ItemCatalog catalog)
{
    /// <summary>The share of p that is mixed into q, so that a category that a list lacks costs much, but not everything.</summary>
    const double Mix = 0.01;

    readonly double[] _history = new double[catalog.CategoryNames.Length];
    readonly double[] _list = new double[catalog.CategoryNames.Length];

    /// <summary>Returns Σ p ln(p / ((1 − 0.01) q + 0.01 p)); every item spreads a weight of 1 evenly over its categories.</summary>
    /// <param name="history">Items of the user's history.</param>
    /// <param name="list">Items of the list.</param>
    /// <returns>Null where the history or the list has no category.</returns>
    public double? Of(ReadOnlySpan<int> history, ReadOnlySpan<int> list)
    {
        double p = Spread(history, _history), q = Spread(list, _list);
        if (p == 0 || q == 0)
            return null;
        double divergence = 0;
        for (int category = 0; category < _history.Length; category++)
            if (_history[category] > 0)
            {
                double mine = _history[category] / p;
                divergence += mine * Math.Log(mine / (((1 - Mix) * _list[category] / q) + (Mix * mine)));
            }
        return divergence;
    }

    double Spread(ReadOnlySpan<int> items, double[] into)
    {
        Array.Clear(into);
        int counted = 0;
        foreach (int item in items)
        {
            var categories = catalog.CategoriesOf(item);
            foreach (int category in categories)
                into[category] += 1.0 / categories.Length;
            counted += categories.IsEmpty ? 0 : 1;
        }
        return counted;
    }
}
