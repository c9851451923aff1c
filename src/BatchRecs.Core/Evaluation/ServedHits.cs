namespace BatchRecs.Core.Evaluation;

/// <summary>Where the hits of served lists stand: by source and by rank, user by user.</summary>
sealed class ServedHits
{
    readonly ServedLists _served;
    readonly int[] _shownBySource;
    readonly int[] _hitsBySource;
    readonly int[] _shownByRank;

    /// <summary>Walks the lists once.</summary>
    /// <param name="truth">What the users took.</param>
    /// <param name="served">Their lists.</param>
    /// <param name="length">How many ranks count.</param>
    /// <param name="scored">The users that count, as positions in the truth.</param>
    public ServedHits(TestTruth truth, ServedLists served, int length, int[] scored)
    {
        _served = served;
        (_shownBySource, _hitsBySource, _shownByRank) = (new int[served.Sources.Count], new int[served.Sources.Count], new int[length]);
        NdcgBySource = [.. served.Sources.Select(_ => new double[scored.Length])];
        ByRank = [.. Enumerable.Range(0, length).Select(_ => new double[scored.Length])];
        var discounts = new Discounts(length);
        for (int k = 0; k < scored.Length; k++)
        {
            var wanted = truth.Of(scored[k]);
            var items = served.Lists.ItemsOf(scored[k]);
            var sources = served.SourcesOf(scored[k]);
            double perfect = discounts.Sum(Math.Min(length, wanted.Length));
            for (int n = 0; n < Math.Min(length, items.Length); n++)
            {
                _shownByRank[n]++;
                _shownBySource[sources[n]]++;
                if (wanted.BinarySearch(items[n]) < 0)
                    continue;
                _hitsBySource[sources[n]]++;
                NdcgBySource[sources[n]][k] += discounts.At(n + 1) / perfect;
                ByRank[n][k] = 1;
            }
        }
    }

    /// <summary>Gets each source's part of NDCG, one value per user that counts.</summary>
    public IReadOnlyList<double[]> NdcgBySource { get; }

    /// <summary>Gets 1 or 0 for each rank, one value per user that counts.</summary>
    public IReadOnlyList<double[]> ByRank { get; }

    /// <summary>Returns the sources that have rows in the counted ranks.</summary>
    /// <param name="mean">Gives the mean part of NDCG of a source.</param>
    public SourceScore[] Sources(Func<int, Interval> mean) => [.. _served.Sources
        .Select((name, source) => new SourceScore(name, _shownBySource[source], _hitsBySource[source], mean(source)))
        .Where(score => score.Shown > 0)];

    /// <summary>Returns the ranks.</summary>
    /// <param name="mean">Gives the mean hit rate of a rank, counted from 0.</param>
    public RankScore[] Ranks(Func<int, Interval> mean) => [.. ByRank.Select((hits, n) =>
        new RankScore(n + 1, _shownByRank[n], (int)hits.Sum(), mean(n)))];
}
