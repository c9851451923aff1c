using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>Draws items of a pool for one user after the other. Not safe for several threads.</summary>
/// <param name="options">How to draw.</param>
/// <param name="pool">The items of the release's pool, ascending.</param>
/// <param name="day">The day of the draws.</param>
/// <remarks>
/// Several places share the pool out among them at random, another way each day, and each draws from its part by itself: so the draws
/// of a list are independent, and the probability of several is the product of theirs.
/// </remarks>
sealed class PoolDraw(ExplorationOptions options, int[] pool, long day)
{
    /// <summary>Keeps the sharing out apart from the draws.</summary>
    const ulong PartStream = 0x70617274;

    /// <summary>More than the largest rank: a day and a place make one number.</summary>
    const int RanksPerDay = 1024;

    readonly int[] _parts = Array.ConvertAll(
        pool, item => CounterRandom.Index(options.Seed ^ PartStream, day, item, options.Ranks.Count));

    readonly int[] _own = new int[pool.Length];
    readonly double[] _scores = new double[pool.Length];
    readonly double[] _probabilities = new double[pool.Length];

    /// <summary>Draws for one user, place by place.</summary>
    /// <param name="user">Index of the user.</param>
    /// <param name="hash">What the variates hang on.</param>
    /// <param name="excluded">What the user may not get, ascending.</param>
    /// <param name="served">What the user's list serves already.</param>
    /// <param name="ranked">The items of the pool that the blend proposes.</param>
    /// <param name="scores">Their scores; what it does not propose has 0.</param>
    /// <returns>The draws; a place of whose part nothing is left for the user has none.</returns>
    public ExploredRow[] For(
        int user, long hash, ReadOnlySpan<int> excluded, ReadOnlySpan<int> served, ReadOnlySpan<int> ranked, ReadOnlySpan<float> scores)
    {
        var rows = new List<ExploredRow>(options.Ranks.Count);
        for (int part = 0; part < options.Ranks.Count; part++)
        {
            var own = Own(part, excluded, served);
            if (own.IsEmpty)
                continue;
            var opinion = Opinion(own, ranked, scores);
            var probabilities = _probabilities.AsSpan(0, own.Length);
            DrawPolicy.Probabilities(opinion, options.Temperature, options.Uniform, probabilities);
            int rank = options.Ranks[part];
            double variate = CounterRandom.Uniform(options.Seed, (day * RanksPerDay) + rank, hash);
            int drawn = DrawPolicy.Draw(probabilities, variate);
            // The best has a score of exactly 1; the first of equals has the lower index.
            rows.Add(new ExploredRow(
                user, rank, own[drawn], probabilities[drawn], own.Length, opinion[drawn], own[opinion.IndexOf(1.0)]));
        }
        return [.. rows];
    }

    /// <summary>Returns what a user can get of a part of the pool, ascending.</summary>
    ReadOnlySpan<int> Own(int part, ReadOnlySpan<int> excluded, ReadOnlySpan<int> served)
    {
        int count = 0;
        for (int n = 0; n < pool.Length; n++)
            if (_parts[n] == part && excluded.BinarySearch(pool[n]) < 0 && !served.Contains(pool[n]))
                _own[count++] = pool[n];
        return _own.AsSpan(0, count);
    }

    ReadOnlySpan<double> Opinion(ReadOnlySpan<int> own, ReadOnlySpan<int> ranked, ReadOnlySpan<float> scores)
    {
        var opinion = _scores.AsSpan(0, own.Length);
        opinion.Clear();
        for (int k = 0; k < ranked.Length; k++)
            if (own.BinarySearch(ranked[k]) is >= 0 and var at)
                opinion[at] = scores[k];
        DrawPolicy.Scale(opinion);
        return opinion;
    }
}
