using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Ranking;

/// <summary>Picks the weights of a rank fusion by their NDCG on a validation window. Only re-ranks; nothing is fitted.</summary>
/// <remarks>
/// Coordinate search on the grid 0, 0.1 … 1: every tuned weight starts at 1 and, from the last scorer to the first, is set to the
/// value with the best mean NDCG, until a round changes nothing (at most ten). A value must be strictly better to replace the current
/// one; on an exact tie it replaces it only if fewer scorers keep a weight above 0, so a scorer that brings nothing is left out and
/// the first scorer stays. Deterministic. Not safe against a local optimum: with few scorers the surface is smooth enough.
/// </remarks>
public static class BlendTuner
{
    /// <summary>The largest number of scorers that are tuned together.</summary>
    public const int MaxScorers = 5;

    const int GridSteps = 10;
    const int MaxRounds = 10;

    /// <summary>Picks the weights.</summary>
    /// <param name="sources">The candidates of each scorer: list n belongs to user n of <paramref name="truth"/>.</param>
    /// <param name="truth">What the validation users took.</param>
    /// <param name="weights">The weight of each scorer; null = pick it.</param>
    /// <param name="at">List length at which NDCG is taken.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>The weights; every tuned one is 1 where there is no validation user to learn from.</returns>
    /// <exception cref="ArgumentException">There are more than five scorers, or blocks, weights and truth do not fit together.</exception>
    public static BlendTuning Tune(
        IReadOnlyList<CandidateBlock> sources,
        TestTruth truth,
        ReadOnlySpan<double?> weights,
        int at,
        CancellationToken token)
    {
        ReciprocalRankFusion.CheckSources(sources, weights.Length);
        RankingMetrics.CheckUsers(sources[0], truth);
        if (sources.Count > MaxScorers)
            throw new ArgumentException(
                $"{sources.Count} scorers are to be blended; at most {MaxScorers} can be tuned together.", nameof(sources));

        double[] current = new double[weights.Length];
        var tuned = new List<int>();
        for (int m = weights.Length - 1; m >= 0; m--)
        {
            current[m] = weights[m] ?? 1;
            if (weights[m] is null)
                tuned.Add(m);
        }
        if (truth.UserCount == 0)
            return new BlendTuning(current, 0, 0, 0);

        var lists = new BlendCandidates(sources, truth, at);
        double best = lists.MeanNdcg(current);
        int tried = 1;
        bool changed = tuned.Count > 0;
        for (int round = 0; changed && round < MaxRounds; round++)
        {
            changed = false;
            foreach (int m in tuned)
                changed |= SetBest(m, current, lists, ref best, ref tried, token);
        }
        return new BlendTuning(current, best, lists.UserCount, tried);
    }

    /// <summary>Sets weight <paramref name="m"/> to the best value of the grid and tells whether it changed.</summary>
    static bool SetBest(int m, double[] current, BlendCandidates lists, ref double best, ref int tried, CancellationToken token)
    {
        double before = current[m], chosen = before;
        for (int step = 0; step <= GridSteps; step++)
        {
            token.ThrowIfCancellationRequested();
            double value = (double)step / GridSteps;
            double[] candidate = [.. current];
            candidate[m] = value;
            if (value == before || Array.TrueForAll(candidate, weight => weight == 0))
                continue;

            double ndcg = lists.MeanNdcg(candidate);
            tried++;
            if (ndcg > best || (ndcg == best && value == 0 && chosen > 0))
                (best, chosen) = (ndcg, value);
        }
        current[m] = chosen;
        return chosen != before;
    }
}
