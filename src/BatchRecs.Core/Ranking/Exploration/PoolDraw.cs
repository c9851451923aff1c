using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>Draws one item of a pool for one user after the other. Not safe for several threads.</summary>
/// <param name="options">How to draw.</param>
/// <param name="pool">The items of the release's pool, ascending.</param>
/// <param name="day">The day of the draws.</param>
sealed class PoolDraw(ExplorationOptions options, int[] pool, long day)
{
    readonly int[] _own = new int[pool.Length];
    readonly double[] _scores = new double[pool.Length];
    readonly double[] _probabilities = new double[pool.Length];

    /// <summary>Draws for one user.</summary>
    /// <param name="user">Index of the user.</param>
    /// <param name="hash">What the variate hangs on.</param>
    /// <param name="excluded">What the user may not get, ascending.</param>
    /// <param name="served">What the user's list serves already.</param>
    /// <param name="ranked">The items of the pool that the blend proposes.</param>
    /// <param name="scores">Their scores; what it does not propose has 0.</param>
    /// <returns>Null where nothing of the pool is left for the user.</returns>
    public ExploredRow? For(
        int user, long hash, ReadOnlySpan<int> excluded, ReadOnlySpan<int> served, ReadOnlySpan<int> ranked, ReadOnlySpan<float> scores)
    {
        int count = 0;
        foreach (int item in pool)
            if (excluded.BinarySearch(item) < 0 && !served.Contains(item))
                _own[count++] = item;
        if (count == 0)
            return null;

        var own = _own.AsSpan(0, count);
        var opinion = _scores.AsSpan(0, count);
        opinion.Clear();
        for (int k = 0; k < ranked.Length; k++)
            if (own.BinarySearch(ranked[k]) is >= 0 and var at)
                opinion[at] = scores[k];
        DrawPolicy.Scale(opinion);
        var probabilities = _probabilities.AsSpan(0, count);
        DrawPolicy.Probabilities(opinion, options.Temperature, options.Uniform, probabilities);
        int drawn = DrawPolicy.Draw(probabilities, CounterRandom.Uniform(options.Seed, day, hash));
        // The best has a score of exactly 1; the first of equals has the lower index.
        return new ExploredRow(user, options.Rank, own[drawn], probabilities[drawn], count, opinion[drawn], own[opinion.IndexOf(1.0)]);
    }
}
