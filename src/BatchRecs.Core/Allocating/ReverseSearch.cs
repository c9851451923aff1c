using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Allocating;

/// <summary>A list that could take an item.</summary>
/// <param name="List">The list.</param>
/// <param name="Loss">What the list loses by it: the score of the place less the score of the item.</param>
readonly record struct Offer(int List, float Loss);

/// <summary>Finds, exactly, the lists that would lose least by taking an item: the search for best items with the roles swapped.</summary>
/// <remarks>
/// A list has a vector [x, −t] of its user's factors and the score t of the place to give up, an item the query [y, 1]; their product is
/// the gain. O(items × lists × d) on the score kernel; ties go to the lower list.
/// </remarks>
sealed class ReverseSearch
{
    /// <summary>Lists per tile: a tile of 128 factors stays in the second-level cache while four items pass over it.</summary>
    const int Tile = 128;

    readonly FactorScores _scores;
    readonly int[] _lists;
    readonly FactorMatrix _places;
    readonly Func<int, int, bool> _mayTake;

    /// <summary>Prepares the lists.</summary>
    /// <param name="scores">Scores of users for items.</param>
    /// <param name="lists">The lists, ascending.</param>
    /// <param name="userOf">Returns the user of a list.</param>
    /// <param name="thresholdOf">Returns the score of the place that a list would give up.</param>
    /// <param name="mayTake">Tells whether a list (first) may take an item (second); asked only of lists that are among the best.</param>
    public ReverseSearch(
        FactorScores scores, int[] lists, Func<int, int> userOf, Func<int, float> thresholdOf, Func<int, int, bool> mayTake)
    {
        (_scores, _lists, _mayTake) = (scores, lists, mayTake);
        int factors = scores.Users.Factors;
        _places = new FactorMatrix(lists.Length, factors + 1);
        for (int n = 0; n < lists.Length; n++)
        {
            var place = _places.Row(n);
            scores.Users.Row(userOf(lists[n]))[..factors].CopyTo(place);
            place[factors] = -thresholdOf(lists[n]);
        }
    }

    /// <summary>Finds the best lists of each item.</summary>
    /// <param name="items">Item indices.</param>
    /// <param name="most">How many lists per item.</param>
    /// <param name="threads">Threads to use; never changes the result.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>Per item its offers, the least loss first.</returns>
    public Offer[][] Run(int[] items, int most, int threads, CancellationToken token)
    {
        var found = new Offer[items.Length][];
        int groups = (items.Length + ScoreKernel.Queries - 1) / ScoreKernel.Queries;
        Workers.Run(groups, threads, () => new Scratch(_places.Stride, most), (group, scratch) =>
        {
            int from = group * ScoreKernel.Queries;
            Search(items.AsSpan(from, Math.Min(ScoreKernel.Queries, items.Length - from)), found.AsSpan(from), scratch);
        }, token);
        return found;
    }

    void Search(ReadOnlySpan<int> items, Span<Offer[]> found, Scratch scratch)
    {
        int stride = _places.Stride, factors = _scores.Items.Factors;
        for (int q = 0; q < items.Length; q++)
        {
            var query = scratch.Queries.AsSpan(q * stride, stride);
            _scores.Items.Row(items[q])[..factors].CopyTo(query);
            query[factors] = 1;
        }
        for (int from = 0; from < _places.RowCount; from += Tile)
        {
            int tile = Math.Min(Tile, _places.RowCount - from);
            ScoreKernel.Score(scratch.Queries, _places.Rows(from, tile), stride, scratch.Gains);
            for (int q = 0; q < items.Length; q++)
            {
                var gains = scratch.Gains.AsSpan(q * tile, tile);
                for (int n = 0; n < gains.Length; n++)
                    if (gains[n] > scratch.Best[q].Threshold && _mayTake(_lists[from + n], items[q]))
                        scratch.Best[q].Offer(_lists[from + n], gains[n]);
            }
        }
        for (int q = 0; q < items.Length; q++)
            found[q] = scratch.Drain(q);
    }

    /// <summary>The memory of one worker.</summary>
    sealed class Scratch(int stride, int most)
    {
        readonly int[] _lists = new int[most];
        readonly float[] _gains = new float[most];

        public float[] Queries { get; } = new float[ScoreKernel.Queries * stride];

        public float[] Gains { get; } = new float[ScoreKernel.Queries * Tile];

        public TopN[] Best { get; } = [.. Enumerable.Range(0, ScoreKernel.Queries).Select(_ => new TopN(most))];

        public Offer[] Drain(int q)
        {
            var offers = new Offer[Best[q].Drain(_lists, _gains)];
            for (int n = 0; n < offers.Length; n++)
                offers[n] = new Offer(_lists[n], -_gains[n]);
            return offers;
        }
    }
}
