using BatchRecs.Core.Data;

namespace BatchRecs.Core.ReRanking;

/// <summary>How the categories of users' histories are distributed, and how far a list is from that.</summary>
/// <remarks>
/// p(g|u) = Σ_i w_ui p(g|i) / Σ_i w_ui over the history of u, with the decayed training weights w and p(g|i) = 1 / (categories of i);
/// items without a category count on neither side (Steck 2018, equations 1 and 2).
/// </remarks>
/// <param name="data">Histories and categories.</param>
public sealed class CategoryProfile(ReRankingData data)
{
    /// <summary>The share of p that is mixed into q, so that the divergence stays finite.</summary>
    public const double Smoothing = 0.01;

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

    /// <summary>Returns KL(p‖q̃) of a list, with q̃ = (1 − a) q + a p and a = 0.01.</summary>
    /// <param name="p">The distribution of the history.</param>
    /// <param name="items">The list; where none of its items has a category q is 0.</param>
    /// <returns>In [0, ln 100], in nats; 0 where the list is calibrated.</returns>
    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<int> items)
    {
        double[] q = new double[p.Length];
        int counted = 0;
        foreach (int item in items)
        {
            var categories = Catalog.CategoriesOf(item);
            counted += categories.IsEmpty ? 0 : 1;
            foreach (int category in categories)
                q[category] += 1.0 / categories.Length;
        }
        double sum = 0;
        for (int category = 0; category < p.Length; category++)
            if (p[category] > 0)
                sum += p[category] * Math.Log(p[category] / Mixed(p[category], counted == 0 ? 0 : q[category] / counted));
        return sum;
    }

    /// <summary>Returns q̃ of one category.</summary>
    internal static double Mixed(double p, double q) => ((1 - Smoothing) * q) + (Smoothing * p);
}
