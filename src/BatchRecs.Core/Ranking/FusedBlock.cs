namespace BatchRecs.Core.Ranking;

/// <summary>Fused lists, and beside every position the scorer that put it there.</summary>
public sealed class FusedBlock
{
    internal FusedBlock(int userCount, int capacity)
    {
        Candidates = new CandidateBlock(userCount, capacity);
        Sources = new int[userCount * capacity];
        Proposers = new uint[userCount * capacity];
    }

    /// <summary>Gets the fused lists; scores are fused scores.</summary>
    public CandidateBlock Candidates { get; }

    /// <summary>Gets, beside <see cref="CandidateBlock.Items"/>, the index of the scorer with the largest share in the score.</summary>
    public int[] Sources { get; }

    /// <summary>Gets, beside <see cref="CandidateBlock.Items"/>, which scorers proposed the item: bit m is set for scorer m.</summary>
    public uint[] Proposers { get; }

    /// <summary>Returns the scorer indices of list <paramref name="n"/>.</summary>
    public ReadOnlySpan<int> SourcesOf(int n) => Sources.AsSpan(n * Candidates.Capacity, Candidates.Lengths[n]);

    /// <summary>Copies the lists of a smaller block into this one, from list <paramref name="start"/> on.</summary>
    /// <param name="part">Lists of the same capacity.</param>
    /// <param name="start">Where the first of them goes.</param>
    public void CopyFrom(FusedBlock part, int start)
    {
        Candidates.CopyFrom(part.Candidates, start);
        part.Sources.CopyTo(Sources, start * Candidates.Capacity);
        part.Proposers.CopyTo(Proposers, start * Candidates.Capacity);
    }

    /// <summary>Unpacks the best keys of a user into list <paramref name="n"/>.</summary>
    internal void Fill(int n, ReadOnlySpan<ulong> keys, ReadOnlySpan<(int Source, uint Proposers)> from)
    {
        int start = n * Candidates.Capacity;
        for (int k = 0; k < keys.Length; k++)
        {
            Candidates.Items[start + k] = (int)(uint)keys[k];
            Candidates.Scores[start + k] = BitConverter.UInt32BitsToSingle(~(uint)(keys[k] >> 32));
            (Sources[start + k], Proposers[start + k]) = from[k];
        }
        Candidates.Lengths[n] = keys.Length;
    }
}
