using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Training;

/// <summary>Exact best items by dot product over all items with training entries.</summary>
sealed class AlsFittedScorer : IFittedScorer
{
    /// <summary>Items per tile: at 128 factors a tile of 64 KB stays in the second-level cache while four users pass over it.</summary>
    const int TileItems = 128;

    readonly FactorMatrix _users;
    readonly FactorMatrix _items;
    readonly SparseMatrix _entries;
    readonly bool[] _trained;
    readonly Lazy<FoldIn> _foldIn;

    /// <summary>Opens trained factors.</summary>
    /// <param name="options">The options they were trained with.</param>
    /// <param name="userFactors">Users × d, row-major.</param>
    /// <param name="itemFactors">Items × d, row-major.</param>
    /// <param name="entries">The entries they were trained on.</param>
    public AlsFittedScorer(AlsOptions options, float[] userFactors, float[] itemFactors, SparseMatrix entries)
    {
        _users = FactorMatrix.FromDense(userFactors, entries.RowCount, options.Factors);
        _items = FactorMatrix.FromDense(itemFactors, entries.ColumnCount, options.Factors);
        _entries = entries;
        _trained = new bool[entries.ColumnCount];
        foreach (int item in entries.ColIndex)
            _trained[item] = true;
        _foldIn = new Lazy<FoldIn>(() => new FoldIn(_items, options));
    }

    /// <inheritdoc/>
    public void TopCandidates(ReadOnlySpan<int> users, Exclusions exclusions, CandidateBlock candidates)
    {
        int stride = _items.Stride;
        float[] queries = new float[ScoreKernel.Queries * stride];
        float[] scores = new float[ScoreKernel.Queries * TileItems];
        TopN[] best = [.. Enumerable.Range(0, ScoreKernel.Queries).Select(_ => new TopN(candidates.Capacity))];
        Span<int> excludedBefore = stackalloc int[ScoreKernel.Queries];
        for (int first = 0; first < users.Length; first += ScoreKernel.Queries)
        {
            int count = Math.Min(ScoreKernel.Queries, users.Length - first);
            for (int q = 0; q < count; q++)
                _users.Row(users[first + q]).CopyTo(queries.AsSpan(q * stride));
            excludedBefore.Clear();
            for (int from = 0; from < _items.RowCount; from += TileItems)
            {
                int tile = Math.Min(TileItems, _items.RowCount - from);
                ScoreKernel.Score(queries, _items.Rows(from, tile), stride, scores);
                for (int q = 0; q < count; q++)
                {
                    int user = users[first + q];
                    if (_entries.RowLength(user) > 0)
                        OfferTile(best[q], scores.AsSpan(q * tile, tile), from, exclusions, exclusions.Of(user), ref excludedBefore[q]);
                }
            }
            for (int q = 0; q < count; q++)
                Drain(best[q], candidates, first + q);
        }
    }

    /// <inheritdoc/>
    public void Explain(int user, ReadOnlySpan<int> items, Span<int> because) =>
        _foldIn.Value.Explain(_entries.Columns(user), _entries.RowWeights(user), _entries.RowTargets(user), items, because);

    /// <summary>Returns the scores that the factors give, of any user for any item.</summary>
    /// <param name="proposer">The bit of this scorer among the proposers of lists.</param>
    public FactorScores Factors(uint proposer) => new(_users, _items, proposer);

    static void Drain(TopN best, CandidateBlock candidates, int list)
    {
        int at = list * candidates.Capacity;
        int capacity = candidates.Capacity;
        candidates.Lengths[list] = best.Drain(candidates.Items.AsSpan(at, capacity), candidates.Scores.AsSpan(at, capacity));
    }

    /// <summary>Offers the items of a tile; excluded items and tiles both come in ascending order, so a cursor suffices.</summary>
    void OfferTile(
        TopN best, ReadOnlySpan<float> scores, int from, Exclusions exclusions, ReadOnlySpan<int> excluded, ref int excludedBefore)
    {
        for (int n = 0; n < scores.Length; n++)
        {
            if (scores[n] < best.Threshold)
                continue;
            int item = from + n;
            while (excludedBefore < excluded.Length && excluded[excludedBefore] < item)
                excludedBefore++;
            bool isExcluded = excludedBefore < excluded.Length && excluded[excludedBefore] == item;
            if (!isExcluded && _trained[item] && !exclusions.IsIneligible(item))
                best.Offer(item, scores[n]);
        }
    }
}
