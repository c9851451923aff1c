namespace BatchRecs.Core.Evaluation;

/// <summary>What users took in the test period, in the indices of the training snapshot: the answers that lists are held against.</summary>
public sealed class TestTruth
{
    readonly int[] _rowPtr;
    readonly int[] _items;

    /// <summary>Takes over the answers.</summary>
    /// <param name="users">User indices, ascending.</param>
    /// <param name="rowPtr">Offsets of the users' items; length users + 1.</param>
    /// <param name="items">Item indices, ascending and distinct inside a user.</param>
    /// <param name="counts">What the test period held in all.</param>
    /// <exception cref="ArgumentException">A user has no items.</exception>
    public TestTruth(int[] users, int[] rowPtr, int[] items, SplitCounts counts)
    {
        for (int n = 0; n < users.Length; n++)
            if (rowPtr[n + 1] <= rowPtr[n])
                throw new ArgumentException($"User {users[n]} has no test item; users without any are left out.", nameof(rowPtr));
        (Users, _rowPtr, _items, Counts) = (users, rowPtr, items, counts);
    }

    /// <summary>Gets the users to make lists for, ascending: those with at least one test item.</summary>
    public int[] Users { get; }

    /// <summary>Gets the number of users.</summary>
    public int UserCount => Users.Length;

    /// <summary>Gets what the test period held in all, also what could not be tested.</summary>
    public SplitCounts Counts { get; }

    /// <summary>Gets the test items of users without any event in training; null = there are none. Its users are indices of the whole
    /// snapshot, since training does not know them.</summary>
    public TestTruth? Cold { get; init; }

    /// <summary>Returns the test items of user <see cref="Users"/>[<paramref name="n"/>], ascending; never empty.</summary>
    public ReadOnlySpan<int> Of(int n) => _items.AsSpan(_rowPtr[n].._rowPtr[n + 1]);

    /// <summary>Keeps at most <paramref name="most"/> users, evenly spread over their order.</summary>
    /// <returns>This truth where it is small enough; otherwise a smaller one with the same <see cref="Counts"/>.</returns>
    public TestTruth Thin(int most)
    {
        if (UserCount <= most)
            return this;
        int[] users = new int[most];
        int[] rowPtr = new int[most + 1];
        var items = new List<int>();
        for (int n = 0; n < most; n++)
        {
            int old = (int)((long)n * UserCount / most);
            users[n] = Users[old];
            items.AddRange(Of(old));
            rowPtr[n + 1] = items.Count;
        }
        return new TestTruth(users, rowPtr, [.. items], Counts) { Cold = Cold };
    }

    /// <summary>Keeps some test items, and the users who have any of them.</summary>
    /// <param name="keep">Tells, for user n and an item, whether it stays.</param>
    /// <returns>The smaller truth, and which n each of its users was.</returns>
    internal (TestTruth Truth, int[] Rows) Where(Func<int, int, bool> keep)
    {
        var rows = new List<int>();
        var rowPtr = new List<int> { 0 };
        var items = new List<int>();
        for (int n = 0; n < UserCount; n++)
        {
            foreach (int item in Of(n))
                if (keep(n, item))
                    items.Add(item);
            if (items.Count == rowPtr[^1])
                continue;
            rows.Add(n);
            rowPtr.Add(items.Count);
        }
        int[] kept = [.. rows];
        return (new TestTruth(Array.ConvertAll(kept, n => Users[n]), [.. rowPtr], [.. items], Counts), kept);
    }
}
