using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;

namespace BatchRecs.Core.Allocating;

/// <summary>The lists of many users in flat arrays, with what tells how each place came about.</summary>
/// <remarks>
/// List n holds <see cref="CandidateBlock.Capacity"/> places at most, best first; its first <see cref="Count"/> are served, the rest wait
/// to take the place of another. Memory is users × capacity × <see cref="BytesPerPlace"/>.
/// </remarks>
public sealed class ListSet
{
    /// <summary>Item, score, source and proposers of a place.</summary>
    public const int BytesPerPlace = 16;

    readonly FusedBlock _lists;
    readonly List<string> _sourceNames;

    /// <summary>Makes a set of empty lists.</summary>
    /// <param name="users">User indices, ascending; list n belongs to users[n].</param>
    /// <param name="count">How many places of a list are served, at least 1.</param>
    /// <param name="capacity">How many places a list has, at least <paramref name="count"/>.</param>
    /// <param name="sourceNames">Names of the scorers, which <see cref="Sources"/> refer to.</param>
    /// <exception cref="ArgumentException">There would be more places than one array can hold, or fewer than are served.</exception>
    public ListSet(int[] users, int count, int capacity, IEnumerable<string> sourceNames)
    {
        if (capacity < count || (long)users.Length * capacity > Array.MaxLength)
            throw new ArgumentException(
                $"{users.Length} lists of {capacity} places were asked for, of which {count} are served; "
                + $"all of them together can have at most {Array.MaxLength} places.");
        (Users, Count, _lists, _sourceNames) = (users, count, new FusedBlock(users.Length, capacity), [.. sourceNames]);
    }

    /// <summary>Gets the users, ascending.</summary>
    public int[] Users { get; }

    /// <summary>Gets how many places of a list are served.</summary>
    public int Count { get; }

    /// <summary>Gets items, scores and lengths.</summary>
    public CandidateBlock Candidates => _lists.Candidates;

    /// <summary>Gets, beside the items, an index into <see cref="SourceNames"/>.</summary>
    public int[] Sources => _lists.Sources;

    /// <summary>Gets, beside the items, which scorers proposed the item: bit m is set for scorer m.</summary>
    public uint[] Proposers => _lists.Proposers;

    /// <summary>Gets or sets what was drawn for places of the lists; nothing may move these any more.</summary>
    public IReadOnlyList<ExploredRow> Explored { get; set; } = [];

    /// <summary>Gets the names that the lists' sources have: the scorers first, then allocators.</summary>
    public IReadOnlyList<string> SourceNames => _sourceNames;

    /// <summary>Returns the items of list <paramref name="n"/> that are served, best first.</summary>
    public ReadOnlySpan<int> Served(int n) => First(n, Count);

    /// <summary>Returns the first items of list <paramref name="n"/>, at most <paramref name="depth"/>.</summary>
    public ReadOnlySpan<int> First(int n, int depth) =>
        Candidates.Items.AsSpan(n * Candidates.Capacity, Math.Min(depth, Candidates.Lengths[n]));

    /// <summary>Tells whether something else than a scorer put an item where it is: its source is then not among its proposers.</summary>
    /// <param name="n">The list.</param>
    /// <param name="rank">The rank, from 1; the list is at least as long.</param>
    public bool IsPlaced(int n, int rank)
    {
        int at = (n * Candidates.Capacity) + rank - 1;
        return Sources[at] >= ReciprocalRankFusion.MaxScorers || (Proposers[at] >> Sources[at] & 1) == 0;
    }

    /// <summary>Returns the index of a source, which is added where it is new.</summary>
    public int SourceOf(string name)
    {
        int index = _sourceNames.IndexOf(name);
        if (index >= 0)
            return index;
        _sourceNames.Add(name);
        return _sourceNames.Count - 1;
    }

    /// <summary>Takes over the lists of a block of users.</summary>
    /// <param name="block">Lists of the same capacity.</param>
    /// <param name="start">Where the first of them goes.</param>
    public void CopyFrom(FusedBlock block, int start) => _lists.CopyFrom(block, start);

    /// <summary>Puts an item into a place of a list. What was there goes to where the item was, or leaves the list.</summary>
    /// <param name="n">The list.</param>
    /// <param name="rank">The rank, from 1; the list is at least as long.</param>
    /// <param name="item">The item; not on a rank above.</param>
    /// <param name="source">Index of the source that the row gets.</param>
    /// <param name="proposers">Scorers that can say why, besides those that proposed the item themselves.</param>
    /// <remarks>An item that no scorer proposed has the score 0: nothing was added up for it.</remarks>
    public void Place(int n, int rank, int item, int source, uint proposers)
    {
        int at = (n * Candidates.Capacity) + rank - 1;
        int below = Candidates.ItemsOf(n)[(rank - 1)..].IndexOf(item);
        if (below >= 0)
            Swap(at, at + below);
        else
            (Candidates.Items[at], Candidates.Scores[at], Proposers[at]) = (item, 0, 0);
        Sources[at] = source;
        Proposers[at] |= proposers;
    }

    /// <summary>Moves some places of a list to its front; the others keep their order behind them.</summary>
    /// <param name="n">The list.</param>
    /// <param name="places">The places, from 0, each once.</param>
    /// <returns>Whether that changed the list.</returns>
    public bool MoveToFront(int n, ReadOnlySpan<int> places)
    {
        int length = Candidates.Lengths[n];
        int[] order = new int[length];
        bool[] isMoved = new bool[length];
        places.CopyTo(order);
        foreach (int place in places)
            isMoved[place] = true;
        for (int place = 0, next = places.Length; place < length; place++)
            if (!isMoved[place])
                order[next++] = place;
        if (Enumerable.Range(0, length).All(k => order[k] == k))
            return false;
        int at = n * Candidates.Capacity;
        Reorder(Candidates.Items.AsSpan(at, length), order);
        Reorder(Candidates.Scores.AsSpan(at, length), order);
        Reorder(Sources.AsSpan(at, length), order);
        Reorder(Proposers.AsSpan(at, length), order);
        return true;
    }

    /// <summary>Returns the lists of some of the users, as long as they are served.</summary>
    /// <param name="users">User indices, ascending; all of them are among <see cref="Users"/>.</param>
    public CandidateBlock Of(int[] users)
    {
        var found = new CandidateBlock(users.Length, Count);
        for (int k = 0; k < users.Length; k++)
        {
            int n = Array.BinarySearch(Users, users[k]);
            int length = found.Lengths[k] = Math.Min(Count, Candidates.Lengths[n]);
            Candidates.ItemsOf(n)[..length].CopyTo(found.Items.AsSpan(k * Count));
            Candidates.ScoresOf(n)[..length].CopyTo(found.Scores.AsSpan(k * Count));
        }
        return found;
    }

    static void Reorder<T>(Span<T> values, int[] order)
    {
        T[] before = values.ToArray();
        for (int k = 0; k < order.Length; k++)
            values[k] = before[order[k]];
    }

    void Swap(int one, int other)
    {
        (Candidates.Items[one], Candidates.Items[other]) = (Candidates.Items[other], Candidates.Items[one]);
        (Candidates.Scores[one], Candidates.Scores[other]) = (Candidates.Scores[other], Candidates.Scores[one]);
        (Sources[one], Sources[other]) = (Sources[other], Sources[one]);
        (Proposers[one], Proposers[other]) = (Proposers[other], Proposers[one]);
    }
}
