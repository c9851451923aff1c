using System.Runtime.InteropServices;
using BatchRecs.Core.Data;

namespace BatchRecs.Core.Ranking;

/// <summary>Works out what may not be recommended: what users have seen, forbidden pairs, ineligible items.</summary>
public static class SeenItems
{
    /// <summary>Builds the exclusions of all users of a snapshot.</summary>
    /// <param name="snapshot">The events; every one counts, whatever its value: a disliked item is seen too.</param>
    /// <param name="rule">Which events make an item seen.</param>
    /// <param name="forbidden">Pairs and items that are forbidden under every rule; null = none.</param>
    /// <returns>Distinct items per user, ascending. O(events + forbidden · log forbidden).</returns>
    public static Exclusions Build(Snapshot snapshot, SeenRule rule, ExclusionLists? forbidden = null)
    {
        var events = snapshot.Interactions;
        bool[] counts = EventTypeFlags.Of(snapshot, rule.EventTypes);
        long after = rule.Within is { } within ? snapshot.DataUntil - (within.Ticks / TimeSpan.TicksPerMicrosecond) : long.MinValue;

        int[] rowPtr = new int[snapshot.Users.Count + 1];
        var items = new List<int>();
        int row = 0;
        for (int user = 0; user < snapshot.Users.Count; user++)
        {
            int start = items.Count;
            for (; row < events.Count && events.Users[row] == user; row++)
            {
                if (!rule.Enabled || !counts[events.Types[row]] || events.Times[row] <= after)
                    continue;
                // Events come by user and item, so repeats of an item are neighbours.
                if (items.Count == start || items[^1] != events.Items[row])
                    items.Add(events.Items[row]);
            }

            var pairs = forbidden is null ? [] : forbidden.Of(user);
            if (!pairs.IsEmpty)
            {
                items.AddRange(pairs);
                SortDistinct(items, start);
            }
            rowPtr[user + 1] = items.Count;
        }
        return new Exclusions(rowPtr, [.. items], forbidden?.Ineligible);
    }

    /// <summary>Sorts the items from <paramref name="start"/> on and drops repeats.</summary>
    internal static void SortDistinct(List<int> items, int start)
    {
        if (items.Count == start)
            return;
        var tail = CollectionsMarshal.AsSpan(items)[start..];
        tail.Sort();
        int kept = 1;
        for (int n = 1; n < tail.Length; n++)
            if (tail[n] != tail[n - 1])
                tail[kept++] = tail[n];
        CollectionsMarshal.SetCount(items, start + kept);
    }
}
