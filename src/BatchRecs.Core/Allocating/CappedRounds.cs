namespace BatchRecs.Core.Allocating;

/// <summary>Fills the first ranks of all lists round by round, so that no item is on more lists than its cap allows.</summary>
/// <param name="lists">The lists.</param>
/// <param name="depth">How many ranks are filled.</param>
/// <param name="itemCount">Number of items.</param>
/// <param name="cap">How many lists an item may be on.</param>
sealed class CappedRounds(ListSet lists, int depth, int itemCount, long cap)
{
    readonly long[] _exposure = new long[itemCount];

    /// <summary>The place from which list n looks on: what lies before it was taken, or is to be had no more.</summary>
    readonly int[] _cursors = new int[lists.Users.Length];

    /// <summary>The places that list n has taken: _taken[n · depth …], as many as <see cref="_lengths"/>[n].</summary>
    readonly int[] _taken = new int[lists.Users.Length * depth];

    readonly int[] _lengths = new int[lists.Users.Length];

    /// <summary>Gets the number of lists whose first ranks became others.</summary>
    public int ChangedLists { get; private set; }

    /// <summary>Gets the number of lists that are shorter now than they were, within the depth: no candidate was to be had.</summary>
    public int ShortLists { get; private set; }

    /// <summary>Runs all rounds and writes the lists.</summary>
    /// <param name="token">Asked before each round.</param>
    public void Run(CancellationToken token)
    {
        int count = _lengths.Length;
        for (int rank = 0; rank < depth; rank++)
        {
            token.ThrowIfCancellationRequested();
            for (int k = 0; k < count; k++)
                TakeNext(rank % 2 == 0 ? k : count - 1 - k);
        }
        for (int n = 0; n < count; n++)
            Write(n);
    }

    void TakeNext(int n)
    {
        var items = lists.Candidates.ItemsOf(n);
        for (ref int at = ref _cursors[n]; at < items.Length; at++)
            if (_exposure[items[at]] < cap)
            {
                _exposure[items[at]]++;
                _taken[(n * depth) + _lengths[n]++] = at++;
                return;
            }
    }

    /// <summary>What was not taken follows behind; a list that ran short ends, or its next item would stand within the depth.</summary>
    void Write(int n)
    {
        var taken = _taken.AsSpan(n * depth, _lengths[n]);
        int wanted = Math.Min(depth, lists.Candidates.Lengths[n]);
        bool isShort = taken.Length < wanted;
        if (isShort || (taken.Length > 0 && taken[^1] != taken.Length - 1))
            ChangedLists++;
        lists.MoveToFront(n, taken);
        if (!isShort)
            return;
        ShortLists++;
        lists.Candidates.Lengths[n] = taken.Length;
    }
}
