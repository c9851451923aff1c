using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Data;

/// <summary>What the exclusion queries of a job returned, in the indices of a snapshot.</summary>
public sealed record ExclusionLists
{
    /// <summary>Gets one flag per item, true = nobody may get it; null if every item is eligible.</summary>
    public bool[]? Ineligible { get; init; }

    /// <summary>Gets where the excluded items of each user start in <see cref="ItemIndex"/>; length users + 1.</summary>
    public required int[] RowPtr { get; init; }

    /// <summary>Gets the excluded items of all users, ascending inside a user.</summary>
    public required int[] ItemIndex { get; init; }

    /// <summary>Gets the number of rows that named an item or user without an event, or none; they change nothing.</summary>
    public long UnknownRows { get; init; }

    /// <summary>Returns the items excluded for user <paramref name="user"/>, ascending.</summary>
    public ReadOnlySpan<int> Of(int user) => ItemIndex.AsSpan(RowPtr[user]..RowPtr[user + 1]);

    /// <summary>Returns the exclusions in the form that scorers take.</summary>
    public Exclusions ToExclusions() => new(RowPtr, ItemIndex, Ineligible);

    /// <summary>Returns these lists and what is forbidden besides.</summary>
    /// <param name="items">Item indices that nobody may get.</param>
    /// <param name="groups">Users, ascending, with items that none of them may get.</param>
    /// <param name="itemCount">Number of items of the snapshot.</param>
    /// <returns>O(pairs · log pairs of a user) time, 4 bytes a pair: a group may be most users, and its items a category.</returns>
    /// <exception cref="ConfigurationException">There are more pairs than one array can hold.</exception>
    public ExclusionLists With(IReadOnlySet<int> items, IReadOnlyList<(int[] Users, int[] Items)> groups, int itemCount)
    {
        long pairs = ItemIndex.Length + groups.Sum(group => (long)group.Users.Length * group.Items.Length);
        if (pairs > Array.MaxLength)
            throw new ConfigurationException(
                $"Rules of segments block {pairs} pairs of a user and an item; expected at most {Array.MaxLength}. "
                + "Block fewer items for these segments, or block them for everybody.");
        int[] rowPtr = new int[RowPtr.Length];
        var all = new List<int>((int)pairs);
        int[] next = new int[groups.Count];
        for (int user = 0; user < RowPtr.Length - 1; user++)
        {
            int start = all.Count;
            all.AddRange(Of(user));
            for (int g = 0; g < groups.Count; g++)
                if (next[g] < groups[g].Users.Length && groups[g].Users[next[g]] == user)
                {
                    next[g]++;
                    all.AddRange(groups[g].Items);
                }
            SeenItems.SortDistinct(all, start);
            rowPtr[user + 1] = all.Count;
        }
        return this with { Ineligible = With(items, itemCount), RowPtr = rowPtr, ItemIndex = [.. all] };
    }

    bool[]? With(IReadOnlySet<int> items, int itemCount)
    {
        if (items.Count == 0)
            return Ineligible;
        bool[] ineligible = Ineligible is null ? new bool[itemCount] : [.. Ineligible];
        foreach (int item in items)
            ineligible[item] = true;
        return ineligible;
    }

    /// <summary>Makes lists that exclude nothing.</summary>
    public static ExclusionLists None(int userCount) => new() { RowPtr = new int[userCount + 1], ItemIndex = [] };

    /// <summary>Makes lists of items and pairs that arrive in any order and may repeat.</summary>
    /// <param name="userCount">Number of users of the snapshot.</param>
    /// <param name="itemCount">Number of items of the snapshot.</param>
    /// <param name="items">Item indices that nobody may get; null where the job has no such query.</param>
    /// <param name="pairs">(user index, item index) pairs.</param>
    /// <param name="unknownRows">Rows that named something without an event.</param>
    public static ExclusionLists Of(
        int userCount, int itemCount, IReadOnlySet<int>? items, IReadOnlySet<(int User, int Item)> pairs, long unknownRows)
    {
        bool[]? ineligible = null;
        if (items is not null)
        {
            ineligible = new bool[itemCount];
            foreach (int item in items)
                ineligible[item] = true;
        }
        var (rowPtr, itemIndex) = PairRows.Sort(pairs, userCount);
        return new ExclusionLists { Ineligible = ineligible, RowPtr = rowPtr, ItemIndex = itemIndex, UnknownRows = unknownRows };
    }
}
