namespace BatchRecs.Core.Ranking;

/// <summary>Fuses the lists of several scorers by rank, so that scores on different scales need no calibration.</summary>
/// <remarks>
/// score(i) = Σₘ gₘ / (60 + rankₘ(i)), over the scorers that propose i (Cormack, Clarke, Büttcher 2009). The sum is taken in double
/// in the order of the scorers and rounded to float; equal floats go to the lower item index.
/// </remarks>
public static class ReciprocalRankFusion
{
    /// <summary>What is added to a rank: the larger, the less the very first ranks stand out.</summary>
    public const double RankOffset = 60;

    /// <summary>The largest number of scorers that can be fused.</summary>
    public const int MaxScorers = 32;

    /// <summary>The longest candidate list that can be fused.</summary>
    public const int MaxCandidates = ushort.MaxValue;

    /// <summary>Fuses list n of every scorer into list n of the result.</summary>
    /// <param name="sources">The candidates of each scorer over the same users, best first, without repeats.</param>
    /// <param name="weights">Weight gₘ ≥ 0 of each scorer; what only scorers of weight 0 propose is left out.</param>
    /// <param name="count">Largest length of a fused list.</param>
    /// <exception cref="ArgumentException">The blocks or weights do not fit together, or no weight is positive.</exception>
    public static FusedBlock Fuse(IReadOnlyList<CandidateBlock> sources, ReadOnlySpan<double> weights, int count)
    {
        CheckSources(sources, weights.Length);
        CheckWeights(weights);

        int userCount = sources[0].UserCount;
        var fused = new FusedBlock(userCount, count);
        var union = new CandidateUnion(sources.Count);
        ulong[] keys = [];
        (int Source, uint Proposers)[] from = [];
        for (int n = 0; n < userCount; n++)
        {
            union.Load(sources, n);
            if (union.Count > keys.Length)
            {
                keys = new ulong[union.Items.Length];
                from = new (int, uint)[union.Items.Length];
            }

            int kept = 0;
            for (int k = 0; k < union.Count; k++)
            {
                var ranks = union.Ranks.AsSpan(k * sources.Count, sources.Count);
                float score = Score(ranks, weights, out int source);
                if (score > 0)
                {
                    from[kept] = (source, ProposersOf(ranks));
                    keys[kept++] = Key(score, union.Items[k]);
                }
            }
            Array.Sort(keys, from, 0, kept);
            fused.Fill(n, keys.AsSpan(0, Math.Min(kept, count)), from);
        }
        return fused;
    }

    /// <summary>Returns the fused score of one item and the scorer with the largest share in it (the first of equals).</summary>
    internal static float Score(ReadOnlySpan<ushort> ranks, ReadOnlySpan<double> weights, out int source)
    {
        double sum = 0, largest = 0;
        source = -1;
        for (int m = 0; m < ranks.Length; m++)
        {
            double share = ranks[m] == 0 ? 0 : weights[m] / (RankOffset + ranks[m]);
            sum += share;
            if (share > largest)
                (largest, source) = (share, m);
        }
        return (float)sum;
    }

    /// <summary>Sets a bit per scorer that proposes the item.</summary>
    static uint ProposersOf(ReadOnlySpan<ushort> ranks)
    {
        uint proposers = 0;
        for (int m = 0; m < ranks.Length; m++)
            proposers |= ranks[m] == 0 ? 0 : 1u << m;
        return proposers;
    }

    /// <summary>Checks that the blocks hold the lists of the same users.</summary>
    internal static void CheckSources(IReadOnlyList<CandidateBlock> sources, int weightCount)
    {
        if (sources.Count == 0 || sources.Count != weightCount)
            throw new ArgumentException($"There are {sources.Count} scorers and {weightCount} weights; one weight per scorer is needed.");
        if (sources.Count > MaxScorers)
            throw new ArgumentException($"There are {sources.Count} scorers; at most {MaxScorers} can be fused.");
        if (sources.Any(source => source.UserCount != sources[0].UserCount))
            throw new ArgumentException("The scorers' blocks hold different numbers of lists.");
        if (sources.Any(source => source.Capacity > MaxCandidates))
            throw new ArgumentException($"A scorer's lists are longer than {MaxCandidates}.");
    }

    static void CheckWeights(ReadOnlySpan<double> weights)
    {
        bool positive = false;
        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentException($"A scorer's weight is {weight}; it must be finite and not negative.");
            positive |= weight > 0;
        }
        if (!positive)
            throw new ArgumentException("Every scorer has weight 0; at least one must be positive.");
    }

    /// <summary>Packs score and item so that ascending keys are descending scores, then ascending items.</summary>
    static ulong Key(float score, int item) => ((ulong)~BitConverter.SingleToUInt32Bits(score) << 32) | (uint)item;
}
