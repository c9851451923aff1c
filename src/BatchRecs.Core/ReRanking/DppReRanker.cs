using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Similarities;

namespace BatchRecs.Core.ReRanking;

/// <summary>Options of the re-ranker <c>dpp</c>.</summary>
public sealed record DppOptions
{
    /// <summary>Gets λ, the weight of relevance; the rest is that of the list being varied as a whole.</summary>
    /// <value>The default is 0.8.</value>
    [Range(0.0, 0.99)]
    public double Lambda { get; init; } = 0.8;

    /// <summary>Gets what makes items alike.</summary>
    /// <value>The default is <see cref="SimilarityKind.Factors"/>.</value>
    public SimilarityKind Similarity { get; init; } = SimilarityKind.Factors;
}

/// <summary>Determinantal point process: the list as a whole spans as much as it can, weighted with relevance.</summary>
/// <remarks>
/// Greedy maximum of log det L over the list, L = diag(r) S diag(r), r = exp(a s), a = λ / (2 (1 − λ)), S the similarities with 1 on the
/// diagonal and s scaled to 0 … 1 inside the list (Chen, Zhang, Zhou 2018, algorithm 1 and section 4): after item j is taken
/// e_i = (L_ji − ⟨c_j, c_i⟩) / d_j, c_i gets e_i as a further element and d_i² −= e_i². O(N² K'). It ends when no candidate adds
/// anything, at the latest when the list is as long as the factors are; what is left keeps its order.
/// </remarks>
/// <param name="options">λ and the similarity.</param>
/// <param name="data">Factors and categories.</param>
public sealed class DppReRanker(DppOptions options, ReRankingData data) : IReRanker
{
    /// <summary>Below this a squared distance d² is rounding.</summary>
    const double Nothing = 1e-10;

    readonly IItemSimilarity _similarity = MmrReRanker.Similarity(options.Similarity, data);
    readonly double _scale = options.Lambda / (2 * (1 - options.Lambda));

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        var quality = new double[list.Count];
        var left = new double[list.Count];
        var relevance = list.Relevance();
        for (int place = 0; place < list.Count; place++)
        {
            quality[place] = Math.Exp(_scale * relevance[place]);
            left[place] = quality[place] * quality[place];
        }
        // Row i is c_i.
        double[][] rows = [.. Enumerable.Range(0, list.Count).Select(_ => new double[list.Wanted])];
        for (int n = 0; n < list.Wanted; n++)
        {
            int best = Best(list, left);
            if (left[best] < Nothing)
                return;
            list.Take(best);
            for (int place = 0; place < list.Count; place++)
                if (!list.IsTaken(place))
                {
                    double kernel = quality[best] * quality[place] * _similarity.Of(list.Items[best], list.Items[place]);
                    double further = (kernel - Dot(rows[best], rows[place], n)) / Math.Sqrt(left[best]);
                    rows[place][n] = further;
                    left[place] -= further * further;
                }
        }
    }

    static int Best(Shortlist list, double[] left)
    {
        int best = -1;
        for (int place = 0; place < list.Count; place++)
            if (!list.IsTaken(place) && (best < 0 || left[place] > left[best]))
                best = place;
        return best;
    }

    static double Dot(double[] a, double[] b, int length)
    {
        double sum = 0;
        for (int n = 0; n < length; n++)
            sum += a[n] * b[n];
        return sum;
    }
}
