using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Core.Weighing;

/// <summary>Makes of all events one confidence weight per user and item, and popularity and propensity per item.</summary>
/// <remarks>
/// r = Σ weight · v(value) · max(floor, 2^(−age / half-life)) over the latest events of a pair, one a day and type;
/// <see cref="Confidences"/> makes weights of it, <see cref="TrainingEntries"/> entries. Ages are counted from
/// <see cref="Snapshot.DataUntil"/>; the result depends on nothing but the arguments.
/// </remarks>
public static class Weigher
{
    /// <summary>Weighs a snapshot.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="options">What each event type is worth, and the limits.</param>
    /// <exception cref="InputDataException">No event is left to learn from.</exception>
    public static WeightedInteractions Weigh(Snapshot snapshot, WeighingOptions options)
    {
        var events = new SelectedEvents(snapshot, options);
        var pairs = new PairStrengths(events, options);
        if (!pairs.Negatives.Contains(false))
            throw new InputDataException(
                $"None of the {snapshot.Interactions.Count} events can be learnt from ({Describe(CountLeftOut(events, pairs))}). "
                + "Look at the event names, weights and minimum values of the job.");

        bool[] keep = pairs.Strongest(options.MaxItemsPerUser);
        int[] kept = [.. Enumerable.Range(0, pairs.Count).Where(pair => keep[pair])];
        int[] distinctUsers = Popularity.DistinctUsers(events, TimeSpan.MaxValue);
        double[] propensities = Propensities.Estimate(distinctUsers, options.PropensityExponent, options.PropensityFloor);
        var entries = TrainingEntries.Of(Confidences.Of(pairs, kept, options), pairs, kept, propensities, options);
        return new WeightedInteractions
        {
            UserItems = ToMatrix(snapshot, pairs, kept, entries),
            DistinctUsers = distinctUsers,
            Popularity = Popularity.Decayed(events, options.PopularityHalfLifeDays),
            Propensities = propensities,
            LeftOut = CountLeftOut(events, pairs, keep),
            EffectiveSampleSize = entries.EffectiveSampleSize.Size,
        };
    }

    static SparseMatrix ToMatrix(Snapshot snapshot, PairStrengths pairs, int[] kept, TrainingEntries entries)
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
            Array.ConvertAll(entries.Weights, w => (float)w),
            entries.Targets is null ? null : Array.ConvertAll(entries.Targets, b => (float)b));
    }

    static Dictionary<string, long> CountLeftOut(SelectedEvents events, PairStrengths pairs, bool[]? keep = null)
    {
        var leftOut = new Dictionary<string, long>(events.LeftOut);
        Add(LeftOutReasons.OverPairLimit, pairs.OverLimit);
        Add(LeftOutReasons.Faded, pairs.Faded);
        if (keep is not null)
            Add(
                LeftOutReasons.OverUserLimit,
                Enumerable.Range(0, keep.Length).Where(pair => !keep[pair]).Sum(pair => (long)pairs.EventCounts[pair]));
        return leftOut;

        void Add(string reason, long count)
        {
            if (count > 0)
                leftOut[reason] = count;
        }
    }

    static string Describe(IReadOnlyDictionary<string, long> leftOut) =>
        string.Join(", ", leftOut.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}"));
}
