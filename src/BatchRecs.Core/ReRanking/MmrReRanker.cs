using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Similarities;

namespace BatchRecs.Core.ReRanking;

/// <summary>Options of the re-ranker <c>mmr</c>.</summary>
public sealed record MmrOptions
{
    /// <summary>Gets λ, the weight of relevance; the rest is that of being unlike what stands above. 1 changes nothing.</summary>
    /// <value>The default is 0.8.</value>
    [Range(0.0, 1.0)]
    public double Lambda { get; init; } = 0.8;

    /// <summary>Gets what makes items alike.</summary>
    /// <value>The default is <see cref="SimilarityKind.Factors"/>.</value>
    public SimilarityKind Similarity { get; init; } = SimilarityKind.Factors;
}

/// <summary>What makes items alike.</summary>
public enum SimilarityKind
{
    /// <summary>The cosine of their factors; categories where no scorer has factors.</summary>
    Factors,

    /// <summary>The share of categories that they have in common.</summary>
    Categories,
}

/// <summary>Maximal marginal relevance: each place goes to what is relevant and unlike everything above.</summary>
/// <remarks>
/// The next item is argmax λ s(i) − (1 − λ) max_{j above} sim(i, j), with s scaled to 0 … 1 inside the list (Carbonell, Goldstein 1998).
/// The largest similarity of each candidate is kept from step to step: O(N K') similarities for N places and K' candidates.
/// </remarks>
/// <param name="options">λ and the similarity.</param>
/// <param name="data">Factors and categories.</param>
public sealed class MmrReRanker(MmrOptions options, ReRankingData data) : IReRanker
{
    readonly IItemSimilarity _similarity = Similarity(options.Similarity, data);

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        var items = list.Items;
        var relevance = list.Relevance();
        double[] nearest = new double[list.Count];
        for (int n = 0; n < list.Wanted; n++)
        {
            int best = Best(list, relevance, nearest);
            list.Take(best);
            for (int place = 0; place < list.Count; place++)
                if (!list.IsTaken(place))
                {
                    double alike = _similarity.Of(items[best], items[place]);
                    nearest[place] = n == 0 ? alike : Math.Max(nearest[place], alike);
                }
        }
    }

    /// <summary>Returns the similarity of a kind, or the other one where the data have no factors.</summary>
    internal static IItemSimilarity Similarity(SimilarityKind kind, ReRankingData data) =>
        kind == SimilarityKind.Factors && data.Factors is { } factors ? factors : new CategoryOverlap(data.Catalog);

    int Best(Shortlist list, ReadOnlySpan<double> relevance, double[] nearest)
    {
        (int Place, double Value) best = (-1, double.NegativeInfinity);
        for (int place = 0; place < list.Count; place++)
        {
            double value = (options.Lambda * relevance[place]) - ((1 - options.Lambda) * nearest[place]);
            if (!list.IsTaken(place) && value > best.Value)
                best = (place, value);
        }
        return best.Place;
    }
}
