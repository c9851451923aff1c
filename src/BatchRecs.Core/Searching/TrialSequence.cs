using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Searching;

/// <summary>Says what to try next: first what holds now, then points at random, then single steps around the best.</summary>
/// <remarks>
/// Random search (Bergstra and Bengio 2012) covers the dimensions that matter better than a grid; steps along one coordinate after the
/// other then refine what it found. Every fourth trial stays random, so that a first good find does not hold the search for ever. What
/// is proposed is a function of the seed and of the trials before: a longer search begins with all trials of a shorter one.
/// </remarks>
/// <param name="space">What may change, at least one dimension.</param>
/// <param name="seed">Seed of the random points.</param>
public sealed class TrialSequence(IReadOnlyList<SearchDimension> space, ulong seed)
{
    /// <summary>Random trials before the first step: so many per dimension, and at least so many in all.</summary>
    const int RandomPerDimension = 2;

    const int LeastRandom = 8;

    /// <summary>Of so many trials after those one is random.</summary>
    const int RandomEvery = 4;

    /// <summary>Draws in a row that may meet what was tried already before the space counts as exhausted.</summary>
    const int MostDraws = 100;

    /// <summary>Lengths of a step, as shares of a dimension's range; what is finer no measurement tells apart.</summary>
    static readonly double[] Steps = [0.2, 0.1, 0.05];

    readonly int _randomFirst = Math.Max(LeastRandom, RandomPerDimension * space.Count);

    /// <summary>Returns what to try next; null where nothing is left.</summary>
    /// <param name="tried">All trials so far, in order.</param>
    public double?[]? Next(IReadOnlyList<Trial> tried)
    {
        int number = tried.Count;
        if (number == 0)
            return new double?[space.Count];
        bool isRandom = number <= _randomFirst || number % RandomEvery == 0;
        return (isRandom ? null : Step(tried)) ?? Draw(tried);
    }

    /// <summary>Returns the best trial, the earlier of equals; null where none was measured.</summary>
    public static Trial? Best(IReadOnlyList<Trial> tried) => tried.Where(trial => trial.Score is not null).MaxBy(trial => trial.Score);

    double?[]? Draw(IReadOnlyList<Trial> tried)
    {
        for (int draw = 0; draw < MostDraws; draw++)
        {
            double?[] point = [.. space.Select((dimension, d) =>
                (double?)dimension.At(CounterRandom.Uniform(seed, tried.Count, (draw * space.Count) + d)))];
            if (IsNew(point, tried))
                return point;
        }
        return null;
    }

    /// <summary>Moves one coordinate of the best: long steps first, each trial beginning with another dimension.</summary>
    double?[]? Step(IReadOnlyList<Trial> tried)
    {
        var best = Best(tried);
        if (best is null)
            return null;
        foreach (double step in Steps)
            for (int n = 0; n < space.Count; n++)
                foreach (double signed in (double[])[step, -step])
                {
                    int d = (tried.Count + n) % space.Count;
                    double?[] point = [.. best.Values];
                    double place = space[d].PlaceOf(point[d] ?? space[d].Current);
                    point[d] = space[d].At(Math.Clamp(place + signed, 0, 1));
                    if (IsNew(point, tried))
                        return point;
                }
        return null;
    }

    /// <summary>Tells whether a point means something that was not tried: null means the value that holds now.</summary>
    bool IsNew(double?[] point, IReadOnlyList<Trial> tried) =>
        !tried.Any(trial => Enumerable.Range(0, space.Count).All(d =>
            (point[d] ?? space[d].Current) == (trial.Values[d] ?? space[d].Current)));
}
