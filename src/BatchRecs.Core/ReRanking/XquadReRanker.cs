using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Core.ReRanking;

/// <summary>Options of the re-ranker <c>xquad</c>.</summary>
public sealed record XquadOptions
{
    /// <summary>Gets λ, the weight of categories that are not there yet; the rest is that of relevance. 0 changes nothing.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0.0, 1.0)]
    public double Lambda { get; init; } = 0.2;
}

/// <summary>xQuAD: what covers categories that the user cares for and that the list lacks so far goes up.</summary>
/// <remarks>
/// The next item is argmax (1 − λ) s(i) + λ Σ_g p(g|u) p(i|g) Π_{j above} (1 − p(j|g)), with s scaled to 0 … 1 inside the list, p(g|u) as
/// in <see cref="CategoryProfile"/> and p(i|g) = 1 / (categories of i) where i is of g (Santos, Macdonald, Ounis 2010, with categories as
/// aspects). The products are kept from step to step: O(N K' c) for c categories per item.
/// </remarks>
/// <param name="options">λ.</param>
/// <param name="data">Histories and categories.</param>
public sealed class XquadReRanker(XquadOptions options, ReRankingData data) : IReRanker
{
    readonly CategoryProfile _profile = new(data);

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        // What is left to be covered of each category: p(g|u) times the product.
        double[] open = new double[_profile.Catalog.CategoryNames.Length];
        if (!_profile.TryRead(list.User, open))
            return;
        var relevance = list.Relevance();
        for (int n = 0; n < list.Wanted; n++)
        {
            int best = Best(list, relevance, open);
            list.Take(best);
            var categories = _profile.Catalog.CategoriesOf(list.Items[best]);
            foreach (int category in categories)
                open[category] *= 1 - (1.0 / categories.Length);
        }
    }

    int Best(Shortlist list, ReadOnlySpan<double> relevance, double[] open)
    {
        (int Place, double Value) best = (-1, double.NegativeInfinity);
        for (int place = 0; place < list.Count; place++)
        {
            if (list.IsTaken(place))
                continue;
            var categories = _profile.Catalog.CategoriesOf(list.Items[place]);
            double covered = 0;
            foreach (int category in categories)
                covered += open[category] / categories.Length;
            double value = ((1 - options.Lambda) * relevance[place]) + (options.Lambda * covered);
            if (value > best.Value)
                best = (place, value);
        }
        return best.Place;
    }
}
