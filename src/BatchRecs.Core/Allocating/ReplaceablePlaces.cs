using System.Numerics.Tensors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Allocating;

/// <summary>
/// The last ranks inside the depth of every list, which may be given up unless something else than a scorer filled them, and what each is
/// worth.
/// </summary>
/// <remarks>
/// A fused list has no scores that can be compared between users, so a place is worth what its rank is worth in factor scores: rank k has
/// the k-th largest factor score among the candidates of the list. For a list of the factor scorer alone that is the score of its item.
/// </remarks>
sealed class ReplaceablePlaces
{
    /// <summary>Lists per unit of work.</summary>
    const int UnitLists = 256;

    readonly ListSet _lists;
    readonly int _depth;
    readonly int _slots;
    readonly long[] _exposure;
    readonly long _minUsers;
    readonly float[] _worth;

    /// <summary>Works out what the places are worth.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="scores">Scores of users for items.</param>
    /// <param name="depth">The last rank that may be given up.</param>
    /// <param name="slots">How many ranks may be, at most <paramref name="depth"/>.</param>
    /// <param name="exposure">How many lists hold each item within the depth; kept up to date by whoever places items.</param>
    /// <param name="minUsers">An item on no more lists than these keeps its places.</param>
    /// <param name="threads">Threads to use; never changes the result.</param>
    /// <param name="token">Ends the work early.</param>
    public ReplaceablePlaces(
        ListSet lists, FactorScores scores, int depth, int slots, long[] exposure, long minUsers, int threads, CancellationToken token)
    {
        (_lists, _depth, _slots, _exposure, _minUsers) = (lists, depth, slots, exposure, minUsers);
        int count = lists.Users.Length;
        _worth = new float[(long)count * slots];
        double[] totals = new double[count];
        Workers.Run((count + UnitLists - 1) / UnitLists, threads, () => new float[lists.Candidates.Capacity], (unit, scratch) =>
        {
            for (int n = unit * UnitLists; n < Math.Min(count, (unit + 1) * UnitLists); n++)
                totals[n] = Value(n, scores, scratch);
        }, token);
        foreach (double total in totals)
            TotalScore += total;
    }

    /// <summary>Gets the sum of the factor scores in the first ranks of all lists, down to the depth.</summary>
    public double TotalScore { get; }

    /// <summary>Returns the rank that list <paramref name="n"/> would give up next, the lowest first; 0 = none.</summary>
    public int RankOf(int n)
    {
        for (int slot = 0; slot < _slots; slot++)
        {
            int rank = _depth - slot;
            if (rank <= _lists.Candidates.Lengths[n] && !_lists.IsPlaced(n, rank) && !IsKept(n, rank))
                return rank;
        }
        return 0;
    }

    /// <summary>Returns what a rank of a list is worth.</summary>
    public float WorthOf(int n, int rank) => _worth[(n * _slots) + _depth - rank];

    /// <summary>Tells whether the item at a rank has become so rare that it keeps its place.</summary>
    public bool IsKept(int n, int rank) => _exposure[ItemAt(n, rank)] <= _minUsers;

    /// <summary>Returns the item at a rank of a list.</summary>
    public int ItemAt(int n, int rank) => _lists.Candidates.Items[(n * _lists.Candidates.Capacity) + rank - 1];

    /// <summary>Counts the places that could be given up now, were each of their items on lists enough.</summary>
    /// <param name="n">The list.</param>
    public int CountOf(int n) => Math.Clamp(_lists.Candidates.Lengths[n] - (_depth - _slots), 0, _slots);

    double Value(int n, FactorScores scores, float[] scratch)
    {
        var user = scores.Users.Row(_lists.Users[n]);
        var items = _lists.Candidates.ItemsOf(n);
        double total = 0;
        for (int k = 0; k < items.Length; k++)
        {
            scratch[k] = TensorPrimitives.Dot<float>(user, scores.Items.Row(items[k]));
            total += k < _depth ? scratch[k] : 0;
        }
        var sorted = scratch.AsSpan(0, items.Length);
        sorted.Sort();
        for (int slot = 0; slot < _slots && _depth - slot >= 1; slot++)
            if (_depth - slot <= sorted.Length)
                _worth[(n * _slots) + slot] = sorted[^(_depth - slot)];
        return total;
    }
}
