using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>Works out popularity-stratified metrics (Yang et al. 2018: self-normalised inverse propensity scoring).</summary>
public static class PopularityStratified
{
    /// <summary>The least p: one item with a single user must not outweigh everything.</summary>
    public const double Floor = 0.01;

    /// <summary>Below this many effective pairs a figure is refused.</summary>
    public const int LeastEffectiveSize = 1000;

    /// <summary>Below this share of effective pairs among all a figure is refused.</summary>
    public const double LeastEffectiveShare = 0.05;

    /// <summary>Gets the exponents that reports show: no single one is right, so the reader sees how much depends on it.</summary>
    public static IReadOnlyList<double> Exponents { get; } = [0.25, 0.5, 1];

    /// <summary>Returns pᵢ = max(0.01, ((nᵢ + 1) / (max n + 1))^exponent) for every item.</summary>
    /// <param name="counts">Distinct users per item in training, at least one item.</param>
    /// <param name="exponent">0 = all alike.</param>
    public static double[] Propensities(int[] counts, double exponent)
    {
        double most = counts.Max() + 1.0;
        return Array.ConvertAll(counts, count => Math.Max(Floor, Math.Pow((count + 1) / most, exponent)));
    }

    /// <summary>Works out the figures of lists cut at <paramref name="at"/> ranks.</summary>
    /// <param name="lists">List n belongs to user n of <paramref name="truth"/>.</param>
    /// <param name="truth">The test items of at least one user.</param>
    /// <param name="at">How many ranks count, at least 1.</param>
    /// <param name="counts">Distinct users per item in training.</param>
    /// <param name="exponent">Exponent of relative popularity.</param>
    public static StratifiedFigures Of(CandidateBlock lists, TestTruth truth, int at, int[] counts, double exponent)
    {
        RankingMetrics.CheckUsers(lists, truth);
        double[] weights = Array.ConvertAll(Propensities(counts, exponent), p => 1 / p);
        var discounts = new Discounts(at);
        double recall = 0, dcg = 0, hits = 0, gain = 0, all = 0, squares = 0;
        int pairs = 0, single = 0;
        for (int n = 0; n < truth.UserCount; n++)
        {
            var wanted = truth.Of(n);
            double userAll = 0, userHits = 0, userGain = 0;
            foreach (int item in wanted)
            {
                userAll += weights[item];
                squares += weights[item] * weights[item];
            }
            var items = lists.ItemsOf(n);
            for (int k = 0; k < Math.Min(at, items.Length); k++)
                if (wanted.BinarySearch(items[k]) >= 0)
                {
                    userHits += weights[items[k]];
                    userGain += weights[items[k]] * discounts.At(k + 1);
                }

            recall += userHits / userAll;
            dcg += userGain / userAll;
            (hits, gain, all) = (hits + userHits, gain + userGain, all + userAll);
            pairs += wanted.Length;
            single += wanted.Length == 1 ? 1 : 0;
        }

        double effective = all * all / squares;
        return new StratifiedFigures
        {
            Exponent = exponent,
            Recall = recall / truth.UserCount,
            Dcg = dcg / truth.UserCount,
            PooledRecall = hits / all,
            PooledDcg = gain / all,
            EffectiveSampleSize = effective,
            SingleItemUsers = (double)single / truth.UserCount,
            Reliable = effective >= LeastEffectiveSize && effective >= LeastEffectiveShare * pairs,
        };
    }
}
