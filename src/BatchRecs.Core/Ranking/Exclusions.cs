namespace BatchRecs.Core.Ranking;

/// <summary>What may not be recommended: items to nobody, and items to one user.</summary>
/// <param name="rowPtr">Offsets of the users' items; length userCount + 1.</param>
/// <param name="items">Excluded item indices, ascending inside a user.</param>
/// <param name="ineligible">One flag per item; true = to nobody. Null if every item is eligible.</param>
public sealed class Exclusions(int[] rowPtr, int[] items, bool[]? ineligible = null)
{
    /// <summary>Returns the items excluded for user <paramref name="user"/>, ascending.</summary>
    public ReadOnlySpan<int> Of(int user) => items.AsSpan(rowPtr[user]..rowPtr[user + 1]);

    /// <summary>Tells whether item <paramref name="item"/> is excluded for everybody.</summary>
    public bool IsIneligible(int item) => ineligible is not null && ineligible[item];

    /// <summary>Makes exclusions that leave only some items over, and of these each user's what was left before.</summary>
    /// <param name="pool">Item indices; none of them is excluded for everybody.</param>
    /// <param name="itemCount">Number of items.</param>
    public Exclusions Among(ReadOnlySpan<int> pool, int itemCount)
    {
        bool[] outside = new bool[itemCount];
        Array.Fill(outside, true);
        foreach (int item in pool)
            outside[item] = false;
        return new Exclusions(rowPtr, items, outside);
    }

    /// <summary>Makes exclusions that exclude nothing.</summary>
    public static Exclusions None(int userCount) => new(new int[userCount + 1], []);
}
