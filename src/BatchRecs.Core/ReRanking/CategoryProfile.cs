using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.ReRanking;

/// <summary>How the categories of users' histories are distributed, and how far a list is from that.</summary>
/// <remarks>
/// p(g|u) = Σ_i w_ui p(g|i) / Σ_i w_ui over the history of u, with the decayed training weights w and p(g|i) = 1 / (categories of i);
/// items without a category count on neither side (Steck 2018, equations 1 and 2).
/// </remarks>
/// <param name="data">Histories and categories.</param>
public sealed class CategoryProfile(ReRankingData data)
{
    readonly SparseMatrix _history = data.Data.Weighted.UserItems;

    /// <summary>Gets the items' categories.</summary>
    public ItemCatalog Catalog { get; } = data.Catalog;

    /// <summary>Works out p of a user.</summary>
    /// <param name="user">User index.</param>
    /// <param name="p">Receives one share per category.</param>
    /// <returns>False if no item of the history has a category: then p is 0.</returns>
    public bool TryRead(int user, Span<double> p)
    {
        p.Clear();
        double sum = 0;
        var items = _history.Columns(user);
        var weights = _history.RowWeights(user);
        var targets = _history.RowTargets(user);
        for (int n = 0; n < items.Length; n++)
        {
            // What a user has and does not like, a target of 0, says nothing of the wish for its categories.
            var categories = targets[n] > 0 ? Catalog.CategoriesOf(items[n]) : [];
            sum += categories.IsEmpty ? 0 : weights[n];
            foreach (int category in categories)
                p[category] += weights[n] / (double)categories.Length;
        }
        if (sum <= 0)
            return false;
        for (int category = 0; category < p.Length; category++)
            p[category] /= sum;
        return true;
    }

    /// <summary>Returns KL(p‖q̃) of a list, as <see cref="Calibration"/> defines it.</summary>
    /// <param name="p">The distribution of the history.</param>
    /// <param name="items">The list; where none of its items has a category q is 0.</param>
    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<int> items)
    {
        double[] q = new double[p.Length];
        Catalog.TrySpread(items, q);
        return Calibration.Divergence(p, q);
    }
}
