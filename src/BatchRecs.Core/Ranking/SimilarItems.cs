using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Ranking;

/// <summary>Similar items by the cosine of their factors.</summary>
public static class SimilarItems
{
    /// <summary>Items per unit of work.</summary>
    const int UnitItems = 64;

    /// <summary>Items per tile: at 128 factors a tile of 64 KB stays in the second-level cache.</summary>
    const int TileItems = 128;

    /// <summary>Finds the most similar items of every item.</summary>
    /// <param name="itemFactors">Items × d, row-major.</param>
    /// <param name="factors">d.</param>
    /// <param name="count">Similar items per item, at least 0.</param>
    /// <param name="source">Name of the scorer whose factors these are.</param>
    /// <param name="threads">Threads to use; never changes the result.</param>
    /// <param name="token">Asked once per block of items.</param>
    /// <returns>Rows by item, then rank: cosine descending, ties to the lower item index. The item itself is left out, and so are cosines
    /// that are not positive: what points the other way is not similar. An item with zero factors is in no row.</returns>
    /// <remarks>O(items² d).</remarks>
    public static IReadOnlyList<SimilarItem> FromFactors(
        ReadOnlySpan<float> itemFactors, int factors, int count, string source, int threads, CancellationToken token)
    {
        var directions = FactorMatrix.FromDense(itemFactors, itemFactors.Length / factors, factors);
        for (int item = 0; item < directions.RowCount; item++)
            Normalise(directions.Row(item));

        int units = (directions.RowCount + UnitItems - 1) / UnitItems;
        var found = new List<SimilarItem>[units];
        Workers.Run(units, threads, () => new Search(directions, count, source), (unit, search) =>
        {
            int from = unit * UnitItems;
            found[unit] = search.Run(from, Math.Min(from + UnitItems, directions.RowCount));
        }, token);
        return [.. found.SelectMany(rows => rows)];
    }

    static void Normalise(Span<float> row)
    {
        double norm = Math.Sqrt(Widening.Dot(row, row));
        if (norm > 0)
            for (int f = 0; f < row.Length; f++)
                row[f] = (float)(row[f] / norm);
    }

    /// <summary>Memory of one thread.</summary>
    sealed class Search(FactorMatrix directions, int count, string source)
    {
        readonly float[] _queries = new float[ScoreKernel.Queries * directions.Stride];
        readonly float[] _cosines = new float[ScoreKernel.Queries * TileItems];
        readonly TopN[] _best = [.. Enumerable.Range(0, ScoreKernel.Queries).Select(_ => new TopN(count))];
        readonly int[] _items = new int[count];
        readonly float[] _scores = new float[count];

        public List<SimilarItem> Run(int from, int to)
        {
            var rows = new List<SimilarItem>((to - from) * count);
            for (int first = from; first < to; first += ScoreKernel.Queries)
            {
                int queries = Math.Min(ScoreKernel.Queries, to - first);
                directions.Rows(first, queries).CopyTo(_queries);
                for (int tile = 0; tile < directions.RowCount; tile += TileItems)
                    OfferTile(first, queries, tile, Math.Min(TileItems, directions.RowCount - tile));
                for (int q = 0; q < queries; q++)
                {
                    int length = _best[q].Drain(_items, _scores);
                    for (int n = 0; n < length; n++)
                        rows.Add(new SimilarItem(first + q, n + 1, _items[n], _scores[n], source));
                }
            }
            return rows;
        }

        void OfferTile(int first, int queries, int tile, int length)
        {
            ScoreKernel.Score(_queries, directions.Rows(tile, length), directions.Stride, _cosines);
            for (int q = 0; q < queries; q++)
                for (int n = 0; n < length; n++)
                {
                    float cosine = _cosines[q * length + n];
                    if (cosine > 0 && cosine >= _best[q].Threshold && tile + n != first + q)
                        _best[q].Offer(tile + n, Math.Min(cosine, 1));
                }
        }
    }
}
