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

    /// <summary>Makes exclusions that exclude nothing.</summary>
    public static Exclusions None(int userCount) => new(new int[userCount + 1], []);
}
