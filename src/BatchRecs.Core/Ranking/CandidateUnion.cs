namespace BatchRecs.Core.Ranking;

/// <summary>The candidates that several scorers propose for one user, each item once, with its rank at every scorer.</summary>
/// <remarks>The buffers are used again for the next user. Not safe for several threads.</remarks>
sealed class CandidateUnion(int sourceCount)
{
    ulong[] _keys = [];

    /// <summary>Gets the number of distinct items.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the items, ascending; the first <see cref="Count"/> are in use.</summary>
    public int[] Items { get; private set; } = [];

    /// <summary>Gets the ranks (from 1; 0 = not proposed), row-major: item × scorer.</summary>
    public ushort[] Ranks { get; private set; } = [];

    /// <summary>Collects list <paramref name="n"/> of every scorer. O(c log c) for c candidates in all.</summary>
    public void Load(IReadOnlyList<CandidateBlock> sources, int n)
    {
        int total = sources.Sum(source => source.Lengths[n]);
        if (total > _keys.Length)
        {
            _keys = new ulong[total];
            Items = new int[total];
            Ranks = new ushort[total * sourceCount];
        }

        // Item in the high half, scorer and rank in the low half: one sort of plain numbers groups the items.
        int filled = 0;
        for (int m = 0; m < sources.Count; m++)
        {
            var items = sources[m].ItemsOf(n);
            for (int k = 0; k < items.Length; k++)
                _keys[filled++] = ((ulong)items[k] << 32) | ((ulong)m << 16) | (ushort)(k + 1);
        }
        _keys.AsSpan(0, total).Sort();

        Ranks.AsSpan(0, total * sourceCount).Clear();
        Count = 0;
        for (int k = 0; k < total; k++)
        {
            int item = (int)(_keys[k] >> 32);
            if (Count == 0 || Items[Count - 1] != item)
                Items[Count++] = item;
            int source = (int)(_keys[k] >> 16) & 0xFFFF;
            Ranks[((Count - 1) * sourceCount) + source] = (ushort)_keys[k];
        }
    }
}
