namespace BatchRecs.Core.Data;

/// <summary>Everything a refresh knows about the past: the events and the ids they use.</summary>
/// <remarks>
/// Users and items are exactly those with at least one event, so a snapshot cut at a time knows nothing of what came later.
/// </remarks>
public sealed record Snapshot
{
    /// <summary>Gets the users with at least one event.</summary>
    public required IdMap Users { get; init; }

    /// <summary>Gets the items with at least one event.</summary>
    public required IdMap Items { get; init; }

    /// <summary>Gets the names of the event types, ascending by ordinal; <see cref="Interactions.Types"/> index into it.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>Gets the events.</summary>
    public required Interactions Interactions { get; init; }

    /// <summary>Gets the time of the newest event, in microseconds since 1970-01-01 UTC; ages are counted from it.</summary>
    public required long DataUntil { get; init; }

    /// <summary>Gets what is known of the items besides events; null where nothing is.</summary>
    public ItemCatalog? Catalog { get; init; }

    /// <summary>Counts the events of each user.</summary>
    public int[] EventsPerUser()
    {
        int[] counts = new int[Users.Count];
        foreach (int user in Interactions.Users)
            counts[user]++;
        return counts;
    }

    /// <summary>Cuts the snapshot: only events before <paramref name="time"/>, and only the users and items that they name.</summary>
    /// <param name="time">Microseconds since 1970-01-01 UTC.</param>
    /// <exception cref="ArgumentException">No event is older than <paramref name="time"/>.</exception>
    public Snapshot Before(long time)
    {
        bool[] keep = Array.ConvertAll(Interactions.Times, t => t < time);
        return keep.Contains(true) ? Where(keep) : throw new ArgumentException("No event is older than the given time.", nameof(time));
    }

    /// <summary>Leaves users out: their events, and the items that nobody else has an event with.</summary>
    /// <param name="users">One flag per user, true = left out.</param>
    /// <exception cref="ArgumentException">Nobody would be left.</exception>
    public Snapshot Without(bool[] users)
    {
        if (!users.Contains(true))
            return this;
        bool[] keep = Array.ConvertAll(Interactions.Users, user => !users[user]);
        return keep.Contains(true) ? Where(keep) : throw new ArgumentException("Nobody would be left.", nameof(users));
    }

    /// <summary>Keeps some events, at least one, and only the users and items that they name.</summary>
    Snapshot Where(bool[] keep)
    {
        var kept = Interactions.Where(keep);
        var (users, userIndex) = Compact(kept.Users, Users.Count);
        var (items, itemIndex) = Compact(kept.Items, Items.Count);
        return this with
        {
            Users = Users.Select(users),
            Items = Items.Select(items),
            Catalog = Catalog?.Select(items),
            Interactions = new Interactions
            {
                Users = Array.ConvertAll(kept.Users, u => userIndex[u]),
                Items = Array.ConvertAll(kept.Items, i => itemIndex[i]),
                Types = kept.Types,
                Values = kept.Values,
                Times = kept.Times,
            },
            DataUntil = kept.Times.Max(),
        };
    }

    /// <summary>Lists the indices in use, ascending, and the map from old index to new (−1 where unused).</summary>
    static (int[] Used, int[] NewIndex) Compact(int[] indices, int count)
    {
        int[] newIndex = new int[count];
        Array.Fill(newIndex, -1);
        foreach (int index in indices)
            newIndex[index] = 0;
        var used = new List<int>();
        for (int index = 0; index < count; index++)
            if (newIndex[index] == 0)
            {
                newIndex[index] = used.Count;
                used.Add(index);
            }
        return ([.. used], newIndex);
    }
}
