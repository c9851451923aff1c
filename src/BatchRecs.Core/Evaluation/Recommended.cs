using BatchRecs.Core.Data;

namespace BatchRecs.Core.Evaluation;

/// <summary>How much of what users take was shown to them before: a model that learns from its own lists confirms itself.</summary>
public static class Recommended
{
    /// <summary>Counts the positive events of a period, and those with an impression of the same user and item shortly before.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="isPositive">One flag per event.</param>
    /// <param name="impressions">What was shown: user, item and time; only these columns count.</param>
    /// <param name="since">First instant of the period, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="until">First instant after it.</param>
    /// <param name="within">How long an impression is held to lead to an event.</param>
    public static RecommendedShare Of(
        Snapshot snapshot, ReadOnlySpan<bool> isPositive, Snapshot impressions, long since, long until, TimeSpan within)
    {
        var (events, shown) = (snapshot.Interactions, impressions.Interactions);
        int[] userOf = Places(snapshot.Users, impressions.Users), itemOf = Places(snapshot.Items, impressions.Items);
        int[] firstOf = FirstRows(shown, impressions.Users.Count);
        long longest = (long)within.TotalMicroseconds;
        int counted = 0, fromLists = 0;
        for (int row = 0; row < events.Count; row++)
        {
            long time = events.Times[row];
            if (!isPositive[row] || time < since || time >= until)
                continue;
            counted++;
            if (userOf[events.Users[row]] is >= 0 and var user
                && itemOf[events.Items[row]] is >= 0 and var item
                && WasShown(shown, firstOf[user]..firstOf[user + 1], item, time - longest, time))
                fromLists++;
        }
        return new RecommendedShare(counted, fromLists);
    }

    static bool WasShown(Interactions shown, Range rows, int item, long from, long to)
    {
        for (int row = rows.Start.Value; row < rows.End.Value && shown.Items[row] <= item; row++)
            if (shown.Items[row] == item && shown.Times[row] >= from && shown.Times[row] <= to)
                return true;
        return false;
    }

    /// <summary>Returns the index of each id in another map, or −1.</summary>
    static int[] Places(IdMap ids, IdMap other) =>
        [.. Enumerable.Range(0, ids.Count).Select(index => other.TryFind(ids.ToText(index), out int place) ? place : -1)];

    static int[] FirstRows(Interactions rows, int users)
    {
        int[] first = new int[users + 1];
        foreach (int user in rows.Users)
            first[user + 1]++;
        for (int user = 0; user < users; user++)
            first[user + 1] += first[user];
        return first;
    }
}

/// <summary>How much of what users took was shown to them before.</summary>
/// <param name="Events">Positive events of the period.</param>
/// <param name="FromLists">Those with an impression of the same user and item shortly before.</param>
public sealed record RecommendedShare(int Events, int FromLists)
{
    /// <summary>Gets the share, in [0, 1]; 0 without events.</summary>
    public double Share => Events == 0 ? 0 : (double)FromLists / Events;
}
