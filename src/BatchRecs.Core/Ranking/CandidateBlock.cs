namespace BatchRecs.Core.Ranking;

/// <summary>The lists of a block of users in flat arrays.</summary>
/// <remarks>List n holds the entries n × Capacity … n × Capacity + Lengths[n] − 1 of Items and Scores.</remarks>
public sealed class CandidateBlock(int userCount, int capacity)
{
    /// <summary>Gets the number of lists.</summary>
    public int UserCount { get; } = userCount;

    /// <summary>Gets the largest length of a list.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Gets the item indices, best first inside each list.</summary>
    public int[] Items { get; } = new int[userCount * capacity];

    /// <summary>Gets the scores beside the items.</summary>
    public float[] Scores { get; } = new float[userCount * capacity];

    /// <summary>Gets the length of each list.</summary>
    public int[] Lengths { get; } = new int[userCount];

    /// <summary>Returns the items of list <paramref name="n"/>.</summary>
    public ReadOnlySpan<int> ItemsOf(int n) => Items.AsSpan(n * Capacity, Lengths[n]);

    /// <summary>Returns the scores of list <paramref name="n"/>.</summary>
    public ReadOnlySpan<float> ScoresOf(int n) => Scores.AsSpan(n * Capacity, Lengths[n]);

    /// <summary>Copies the lists of a smaller block into this one, from list <paramref name="start"/> on.</summary>
    /// <param name="part">Lists of the same capacity.</param>
    /// <param name="start">Where the first of them goes.</param>
    public void CopyFrom(CandidateBlock part, int start)
    {
        if (part.Capacity != Capacity)
            throw new ArgumentException($"The part's lists have capacity {part.Capacity}, not {Capacity}.", nameof(part));
        part.Items.CopyTo(Items, start * Capacity);
        part.Scores.CopyTo(Scores, start * Capacity);
        part.Lengths.CopyTo(Lengths, start);
    }

    /// <summary>Returns some lists, cut at a length.</summary>
    /// <param name="lists">Which, in any order.</param>
    /// <param name="capacity">The largest length of a list, at least 1.</param>
    public CandidateBlock Select(ReadOnlySpan<int> lists, int capacity)
    {
        var selected = new CandidateBlock(lists.Length, capacity);
        for (int n = 0; n < lists.Length; n++)
        {
            int length = Math.Min(capacity, Lengths[lists[n]]);
            ItemsOf(lists[n])[..length].CopyTo(selected.Items.AsSpan(n * capacity));
            ScoresOf(lists[n])[..length].CopyTo(selected.Scores.AsSpan(n * capacity));
            selected.Lengths[n] = length;
        }
        return selected;
    }
}
