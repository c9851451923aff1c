namespace BatchRecs.Core.Allocating;

/// <summary>Says which items are to be had while the lists take theirs.</summary>
interface IItemBudget
{
    /// <summary>Tells whether an item is not to be had any more; what is gone once stays gone.</summary>
    bool IsGone(int item);

    /// <summary>Notes that a list takes an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="rank">The rank that it gets, from 1.</param>
    void Take(int item, int rank);
}

/// <summary>Fills the first ranks of all lists round by round from what a budget allows.</summary>
/// <param name="lists">The lists.</param>
/// <param name="depth">How many ranks are filled.</param>
/// <param name="budget">What is to be had.</param>
/// <param name="mayOverrun">
/// What a list does that finds nothing within the budget: true = it takes its best other item all the same; false = it ends.
/// </param>
sealed class CappedRounds(ListSet lists, int depth, IItemBudget budget, bool mayOverrun)
{
    /// <summary>After so many lists it is looked whether the work is still wanted.</summary>
    const int ListsPerLook = 4_096;

    /// <summary>The place from which list n looks on: what lies before it was taken, or is gone.</summary>
    readonly int[] _cursors = new int[lists.Users.Length];

    /// <summary>The places that list n has taken: n · depth … in the order of the ranks, as many as <see cref="_lengths"/>[n].</summary>
    readonly int[] _taken = new int[lists.Users.Length * depth];

    readonly int[] _lengths = new int[lists.Users.Length];

    /// <summary>Gets the number of lists that became others.</summary>
    public int ChangedLists { get; private set; }

    /// <summary>Gets the number of lists that ended early.</summary>
    public int ShortLists { get; private set; }

    /// <summary>Gets the number of items that were taken beyond the budget.</summary>
    public long Overruns { get; private set; }

    /// <summary>Runs all rounds and writes the lists.</summary>
    /// <param name="token">Ends the work early.</param>
    public void Run(CancellationToken token)
    {
        int count = _lengths.Length;
        Each(TakeReserved, token);
        for (int rank = 1; rank <= depth; rank++)
            Each(k => TakeNext(rank % 2 == 1 ? k : count - 1 - k, rank), token);
        Each(Write, token);
    }

    void Each(Action<int> act, CancellationToken token)
    {
        for (int n = 0; n < _lengths.Length; n++)
        {
            if (n % ListsPerLook == 0)
                token.ThrowIfCancellationRequested();
            act(n);
        }
    }

    /// <summary>What stays where it is counts before anybody takes anything, or together they would take more than there is.</summary>
    void TakeReserved(int n)
    {
        var items = lists.First(n, depth);
        for (int place = 0; place < items.Length; place++)
            if (IsReserved(n, place))
                budget.Take(items[place], place + 1);
    }

    void TakeNext(int n, int rank)
    {
        var items = lists.Candidates.ItemsOf(n);
        ref int at = ref _cursors[n];
        while (at < items.Length && (IsReserved(n, at) || budget.IsGone(items[at])))
            at++;
        if (rank <= items.Length && IsReserved(n, rank - 1))
            Keep(n, rank - 1);
        else if (at < items.Length)
            Take(n, at++, rank);
        else if (mayOverrun && rank <= items.Length)
        {
            Overruns++;
            var taken = _taken.AsSpan(n * depth, _lengths[n]);
            int place = 0;
            // There is one: of the first places, fewer than the rank are taken or reserved for ranks that come.
            while (taken.Contains(place) || IsReserved(n, place))
                place++;
            Take(n, place, rank);
        }
    }

    /// <summary>What a rule or an allocator put into a rank stays there, whatever the budget.</summary>
    bool IsReserved(int n, int place) => place < depth && lists.IsPlaced(n, place + 1);

    void Take(int n, int place, int rank)
    {
        budget.Take(lists.Candidates.ItemsOf(n)[place], rank);
        Keep(n, place);
    }

    void Keep(int n, int place) => _taken[(n * depth) + _lengths[n]++] = place;

    /// <summary>What was not taken follows behind; a list that ran short ends, or its next item would stand within the depth.</summary>
    void Write(int n)
    {
        var taken = _taken.AsSpan(n * depth, _lengths[n]);
        bool isShort = taken.Length < Math.Min(depth, lists.Candidates.Lengths[n]);
        if (lists.MoveToFront(n, taken) || isShort)
            ChangedLists++;
        if (!isShort)
            return;
        ShortLists++;
        lists.Candidates.Lengths[n] = taken.Length;
    }
}
