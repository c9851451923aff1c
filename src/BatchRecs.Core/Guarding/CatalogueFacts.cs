using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Guarding;

/// <summary>What is known of the items that lists show: how many users know each, and which are new.</summary>
/// <param name="DistinctUsers">Users with an event, per item.</param>
/// <param name="UserCount">Number of users; at least 1.</param>
/// <param name="IsNew">Per item, whether its first event is at most <see cref="NewFor"/> older than the newest event of all.</param>
public sealed record CatalogueFacts(int[] DistinctUsers, int UserCount, bool[] IsNew)
{
    /// <summary>How long an item is new, counted from its first event.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(30);

    /// <summary>Collects the facts.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="distinctUsers">Users with an event, per item.</param>
    public static CatalogueFacts Of(Snapshot snapshot, int[] distinctUsers) =>
        new(distinctUsers, snapshot.Users.Count, NewItems(snapshot));

    /// <summary>Tells which items are new: one flag per item.</summary>
    public static bool[] NewItems(Snapshot snapshot)
    {
        long newFrom = snapshot.DataUntil - (NewFor.Ticks / TimeSpan.TicksPerMicrosecond);
        bool[] isNew = new bool[snapshot.Items.Count];
        Array.Fill(isNew, true);
        var events = snapshot.Interactions;
        for (int n = 0; n < events.Count; n++)
            if (events.Times[n] < newFrom)
                isNew[events.Items[n]] = false;
        return isNew;
    }

    /// <summary>Returns the mean, over the slots that were shown, of the share of users who know the item in it; 0 without slots.</summary>
    public double Popularity(Exposure exposure) => PerSlot(exposure, item => (double)DistinctUsers[item] / UserCount);

    /// <summary>Returns the share of the slots that new items have; 0 without slots.</summary>
    public double NewItemShare(Exposure exposure) => PerSlot(exposure, item => IsNew[item] ? 1 : 0);

    static double PerSlot(Exposure exposure, Func<int, double> of)
    {
        double sum = 0;
        long slots = 0;
        for (int item = 0; item < exposure.Counts.Length; item++)
        {
            sum += exposure.Counts[item] * of(item);
            slots += exposure.Counts[item];
        }
        return slots == 0 ? 0 : sum / slots;
    }
}
