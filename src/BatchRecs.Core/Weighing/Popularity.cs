using BatchRecs.Core.Data;

namespace BatchRecs.Core.Weighing;

/// <summary>
/// How popular items are: from the events that count, at most one a day per user, item and type. Events that say that a user does not
/// want an item never count, nor do those that they overrule.
/// </summary>
public static class Popularity
{
    /// <summary>k of the trend: added to both counts, so that a few users more do not make a rise.</summary>
    const double TrendSmoothing = 10;

    /// <summary>From this many users in the window on a rise counts in full.</summary>
    const double TrendFullUsers = 20;

    static readonly TimeSpan TrendBase = TimeSpan.FromDays(28);

    /// <summary>Returns Σ weight · 2^(−age / half-life) per item.</summary>
    /// <param name="snapshot">The events; ages are counted from the newest.</param>
    /// <param name="options">Which events count, and what each type is worth.</param>
    /// <param name="halfLifeDays">Age at which an event counts half, in days; above 0.</param>
    public static double[] Decayed(Snapshot snapshot, WeighingOptions options, double halfLifeDays) =>
        Decayed(new SelectedEvents(snapshot, options), halfLifeDays);

    /// <summary>Returns the number of distinct users per item within a window.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="options">Which events count.</param>
    /// <param name="window">Events less than this much older than the newest count.</param>
    public static int[] DistinctUsers(Snapshot snapshot, WeighingOptions options, TimeSpan window) =>
        DistinctUsers(new SelectedEvents(snapshot, options), window);

    /// <summary>Returns how much more popular each item is in a short window than a longer one lets expect.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="options">Which events count.</param>
    /// <param name="window">The short window, before the newest event; at most <paramref name="longer"/>.</param>
    /// <param name="minUsers">Distinct users that an item needs within the window.</param>
    /// <param name="longer">The longer window, before the newest event; null = 28 days.</param>
    /// <returns>ln((n + 10) / (E + 10)) · √min(1, n / 20) per item, where n counts distinct users in the window and E is the item's count
    /// in the longer window times the short one's share of all counts; 0 for an item that does not rise or has too few users.</returns>
    public static double[] Trending(Snapshot snapshot, WeighingOptions options, TimeSpan window, int minUsers, TimeSpan? longer = null)
    {
        var events = new SelectedEvents(snapshot, options);
        int[] now = DistinctUsers(events, window);
        int[] before = DistinctUsers(events, longer ?? TrendBase);
        double share = now.Sum(n => (long)n) / (double)Math.Max(1, before.Sum(n => (long)n));
        double[] trends = new double[now.Length];
        for (int item = 0; item < trends.Length; item++)
        {
            double rise = Math.Log((now[item] + TrendSmoothing) / (before[item] * share + TrendSmoothing));
            if (now[item] >= minUsers && rise > 0)
                trends[item] = rise * Math.Sqrt(Math.Min(1, now[item] / TrendFullUsers));
        }
        return trends;
    }

    internal static double[] Decayed(SelectedEvents events, double halfLifeDays)
    {
        double[] popularity = new double[events.Snapshot.Items.Count];
        foreach (int row in events.Rows)
            if (!events.IsNegative(row))
                popularity[events.Snapshot.Interactions.Items[row]] +=
                    events.WeightOf(row).Weight * Math.Pow(2, -events.AgeDays(row) / halfLifeDays);
        return popularity;
    }

    internal static int[] DistinctUsers(SelectedEvents events, TimeSpan window)
    {
        var interactions = events.Snapshot.Interactions;
        int[] users = new int[events.Snapshot.Items.Count];
        int lastUser = -1;
        int lastItem = -1;
        foreach (int row in events.Rows)
        {
            if (events.IsNegative(row) || events.AgeDays(row) >= window.TotalDays
                || (interactions.Users[row] == lastUser && interactions.Items[row] == lastItem))
                continue;
            (lastUser, lastItem) = (interactions.Users[row], interactions.Items[row]);
            users[lastItem]++;
        }
        return users;
    }
}
