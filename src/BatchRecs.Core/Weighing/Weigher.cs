using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Core.Weighing;

/// <summary>Makes of all events one confidence weight per user and item, and popularity and propensity per item.</summary>
/// <remarks>
/// r = Σ weight · v(value) · max(floor, 2^(−age / half-life)) over the latest events of a pair, one a day and type; a = ln(1 + r / eps);
/// w = clip(a / mean a, 0.1, 10), divided by its mean. The mean of 1 keeps the meaning of the trainer's settings whatever the scale of the
/// event weights. Ages are counted from <see cref="Snapshot.DataUntil"/>; the result depends on nothing but the arguments.
/// </remarks>
public static class Weigher
{
    const double LeastWeight = 0.1;
    const double MostWeight = 10;

    /// <summary>Weighs a snapshot.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="options">What each event type is worth, and the limits.</param>
    /// <exception cref="InputDataException">No event is left to learn from.</exception>
    public static WeightedInteractions Weigh(Snapshot snapshot, WeighingOptions options)
    {
        var events = new SelectedEvents(snapshot, options);
        if (events.Rows.Length == 0)
            throw new InputDataException(
                $"None of the {snapshot.Interactions.Count} events can be learnt from ({Describe(events.LeftOut)}). "
                + "Look at the event names, weights and minimum values of the job.");

        var pairs = new PairStrengths(events, options);
        bool[] keep = pairs.Strongest(options.MaxItemsPerUser);
        int[] kept = [.. Enumerable.Range(0, pairs.Count).Where(pair => keep[pair])];
        int[] distinctUsers = Popularity.DistinctUsers(events, TimeSpan.MaxValue);
        double[] propensities = Propensities.Estimate(distinctUsers, options.PropensityExponent, options.PropensityFloor);
        double[] weights = Weights(pairs, kept, propensities, options);
        double sum = weights.Sum();
        return new WeightedInteractions
        {
            UserItems = ToMatrix(snapshot, pairs, kept, weights),
            DistinctUsers = distinctUsers,
            Popularity = Popularity.Decayed(events, options.PopularityHalfLifeDays),
            Propensities = propensities,
            LeftOut = CountLeftOut(events, pairs, keep),
            EffectiveSampleSize = sum * sum / weights.Sum(w => w * w),
        };
    }

    static double[] Weights(PairStrengths pairs, int[] kept, double[] propensities, WeighingOptions options)
    {
        double[] weights = Array.ConvertAll(kept, pair => Math.Log(1 + pairs.Strengths[pair] / options.Saturation));
        double mean = weights.Average();
        // Where no pair has any strength (every rating at its user's mean) all pairs weigh the same.
        weights = Array.ConvertAll(weights, a => mean > 0 ? Math.Clamp(a / mean, LeastWeight, MostWeight) : 1);
        weights = DivideByMean(weights);
        if (options.PropensityTraining == 0)
            return weights;

        for (int n = 0; n < kept.Length; n++)
            weights[n] *= Propensities.TrainingFactor(propensities[pairs.Items[kept[n]]], options.PropensityTraining);
        return DivideByMean(weights);
    }

    static double[] DivideByMean(double[] weights)
    {
        double mean = weights.Average();
        return Array.ConvertAll(weights, w => w / mean);
    }

    static SparseMatrix ToMatrix(Snapshot snapshot, PairStrengths pairs, int[] kept, double[] weights)
    {
        long[] rowPtr = new long[snapshot.Users.Count + 1];
        foreach (int pair in kept)
            rowPtr[pairs.Users[pair] + 1]++;
        for (int user = 0; user < snapshot.Users.Count; user++)
            rowPtr[user + 1] += rowPtr[user];
        return new SparseMatrix(
            snapshot.Users.Count,
            snapshot.Items.Count,
            rowPtr,
            Array.ConvertAll(kept, pair => pairs.Items[pair]),
            Array.ConvertAll(weights, w => (float)w));
    }

    static Dictionary<string, long> CountLeftOut(SelectedEvents events, PairStrengths pairs, bool[] keep)
    {
        var leftOut = new Dictionary<string, long>(events.LeftOut);
        if (pairs.OverLimit > 0)
            leftOut[LeftOutReasons.OverPairLimit] = pairs.OverLimit;
        long overUserLimit = Enumerable.Range(0, keep.Length).Where(pair => !keep[pair]).Sum(pair => (long)pairs.EventCounts[pair]);
        if (overUserLimit > 0)
            leftOut[LeftOutReasons.OverUserLimit] = overUserLimit;
        return leftOut;
    }

    static string Describe(IReadOnlyDictionary<string, long> leftOut) =>
        string.Join(", ", leftOut.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}"));
}
