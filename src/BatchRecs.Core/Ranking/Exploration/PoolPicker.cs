using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>Picks the items that can be drawn in one release.</summary>
/// <param name="options">What kind of pool, and how large.</param>
/// <param name="snapshot">The events.</param>
/// <param name="exclusions">Items that nobody may get are never in the pool.</param>
public sealed class PoolPicker(ExplorationOptions options, Snapshot snapshot, Exclusions exclusions)
{
    /// <summary>Keeps the choice among equals apart from the draws of users.</summary>
    const ulong Stream = 0x706F6F6C;

    /// <summary>Picks the pool.</summary>
    /// <param name="exposures">In how many lists of the release each item is.</param>
    /// <returns>Item indices, ascending; perhaps none.</returns>
    /// <remarks>Among equally exposed items, and in the whole catalogue, the day decides at random, so that all get their turn.</remarks>
    public int[] Pick(ReadOnlySpan<long> exposures)
    {
        var keys = new (long First, ulong Second, int Item)[snapshot.Items.Count];
        long[] firstSeen = options.Pool == ExplorationPool.New ? FirstSeen() : [];
        long newAfter = snapshot.DataUntil - (long)options.NewWithin.TotalMicroseconds;
        int count = 0;
        for (int item = 0; item < keys.Length; item++)
            if (!exclusions.IsIneligible(item) && (options.Pool != ExplorationPool.New || firstSeen[item] > newAfter))
                keys[count++] = options.Pool switch
                {
                    ExplorationPool.New => (-firstSeen[item], 0, item),
                    ExplorationPool.UnderExposed => (exposures[item], Chance(item), item),
                    _ => (0, Chance(item), item),
                };
        var candidates = keys.AsSpan(0, count);
        candidates.Sort();
        int[] pool = new int[Math.Min(options.PoolSize, count)];
        for (int n = 0; n < pool.Length; n++)
            pool[n] = candidates[n].Item;
        Array.Sort(pool);
        return pool;
    }

    ulong Chance(int item) => CounterRandom.Bits(options.Seed ^ Stream, ExplorationDay.Of(snapshot), item);

    long[] FirstSeen()
    {
        long[] first = new long[snapshot.Items.Count];
        Array.Fill(first, long.MaxValue);
        var events = snapshot.Interactions;
        for (int row = 0; row < events.Count; row++)
            first[events.Items[row]] = Math.Min(first[events.Items[row]], events.Times[row]);
        return first;
    }
}
