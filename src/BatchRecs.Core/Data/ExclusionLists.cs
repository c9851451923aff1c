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
    /// <param name="pairs">(user index, item index) pairs.</param>
    /// <param name="itemCount">Number of items of the snapshot.</param>
    public ExclusionLists With(IReadOnlySet<int> items, IReadOnlySet<(int User, int Item)> pairs, int itemCount)
    {
        int userCount = RowPtr.Length - 1;
        var allItems = Enumerable.Range(0, itemCount).Where(item => items.Contains(item) || Ineligible?[item] == true).ToHashSet();
        var allPairs = pairs.ToHashSet();
        for (int user = 0; user < userCount; user++)
            foreach (int item in Of(user))
                allPairs.Add((user, item));
        return Of(userCount, itemCount, Ineligible is null && items.Count == 0 ? null : allItems, allPairs, UnknownRows);
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
