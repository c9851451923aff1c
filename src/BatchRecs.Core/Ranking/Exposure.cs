namespace BatchRecs.Core.Ranking;

/// <summary>Counts how often each item appears in the first ranks of lists.</summary>
/// <param name="itemCount">Number of items of the catalogue.</param>
/// <param name="depth">How many ranks count, at least 1.</param>
public sealed class Exposure(int itemCount, int depth)
{
    /// <summary>Gets how many ranks count.</summary>
    public int Depth { get; } = depth;

    /// <summary>Gets, per item, the number of lists that hold it in the first <see cref="Depth"/> ranks.</summary>
    public long[] Counts { get; } = new long[itemCount];

    /// <summary>Counts one list.</summary>
    /// <param name="items">Item indices, best first, without repeats.</param>
    public void Add(ReadOnlySpan<int> items)
    {
        foreach (int item in items[..Math.Min(Depth, items.Length)])
            Counts[item]++;
    }

    /// <summary>Counts all lists of a block.</summary>
    public void Add(CandidateBlock lists)
    {
        for (int n = 0; n < lists.UserCount; n++)
            Add(lists.ItemsOf(n));
    }

    /// <summary>Returns the share of the eligible items that appear in at least <paramref name="minLists"/> lists.</summary>
    /// <param name="minLists">At least 1.</param>
    /// <param name="ineligible">One flag per item; true = not part of the catalogue; null = every item is.</param>
    /// <returns>In [0, 1]; 0 for an empty catalogue.</returns>
    public double Coverage(long minLists = 1, bool[]? ineligible = null)
    {
        int eligible = 0, covered = 0;
        for (int item = 0; item < Counts.Length; item++)
        {
            if (ineligible?[item] == true)
                continue;
            eligible++;
            if (Counts[item] >= minLists)
                covered++;
        }
        return eligible == 0 ? 0 : (double)covered / eligible;
    }
}
