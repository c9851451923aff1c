using BatchRecs.Core.Similarities;

namespace BatchRecs.Core.ReRanking;

/// <summary>Counts what re-rankers and rules change, over the first ten ranks. Safe for several threads.</summary>
/// <remarks>Sums are kept in millionths, as whole numbers: so their order, and with it the number of threads, changes no digit.</remarks>
/// <param name="data">What makes items alike and what users' histories are made of.</param>
public sealed class OrderTally(ReRankingData data)
{
    /// <summary>How many ranks are looked at.</summary>
    public const int Depth = 10;

    const double Millionth = 1e-6;

    readonly IItemSimilarity _similarity = data.Factors is { } factors ? factors : new CategoryOverlap(data.Catalog);
    readonly CategoryProfile _profile = new(data);
    long _lists, _apartBefore, _apartAfter, _profiles, _divergenceBefore, _divergenceAfter, _relaxed;

    /// <summary>Gets what was counted so far.</summary>
    public OrderFigures Figures => new(
        Mean(_apartBefore, _lists),
        Mean(_apartAfter, _lists),
        _profiles == 0 ? null : Mean(_divergenceBefore, _profiles),
        _profiles == 0 ? null : Mean(_divergenceAfter, _profiles),
        _relaxed);

    /// <summary>Counts one list.</summary>
    /// <param name="before">Its candidates in the order of the blend.</param>
    /// <param name="list">Its final order.</param>
    public void Add(ReadOnlySpan<int> before, Shortlist list)
    {
        var first = before[..Math.Min(Depth, Math.Min(before.Length, list.Wanted))];
        var last = list.Items[..Math.Min(Depth, list.Wanted)];
        Interlocked.Add(ref _relaxed, list.Relaxed);
        if (first.Length > 1 && last.Length > 1)
        {
            Interlocked.Increment(ref _lists);
            Interlocked.Add(ref _apartBefore, Fixed(Distance(first)));
            Interlocked.Add(ref _apartAfter, Fixed(Distance(last)));
        }
        double[] p = new double[_profile.Catalog.CategoryNames.Length];
        if (p.Length > 0 && last.Length > 0 && _profile.TryRead(list.User, p))
        {
            Interlocked.Increment(ref _profiles);
            Interlocked.Add(ref _divergenceBefore, Fixed(_profile.Divergence(p, first)));
            Interlocked.Add(ref _divergenceAfter, Fixed(_profile.Divergence(p, last)));
        }
    }

    double Distance(ReadOnlySpan<int> items)
    {
        double sum = 0;
        for (int a = 0; a < items.Length; a++)
            for (int b = 0; b < a; b++)
                sum += 1 - _similarity.Of(items[a], items[b]);
        return sum / (items.Length * (items.Length - 1) / 2);
    }

    static long Fixed(double number) => (long)Math.Round(number / Millionth);

    static double Mean(long sum, long count) => count == 0 ? 0 : sum * Millionth / count;
}

/// <summary>What re-rankers and rules changed in the first ten ranks.</summary>
/// <param name="DiversityBefore">Mean distance, 1 − similarity, of two items of a list in the order of the blend.</param>
/// <param name="Diversity">The same of the final lists.</param>
/// <param name="MiscalibrationBefore">Mean KL(p‖q̃) between the categories of history and list in the order of the blend; null where no
/// history has categories.</param>
/// <param name="Miscalibration">The same of the final lists.</param>
/// <param name="RelaxedRanks">At how many ranks of all lists a limit could not be kept.</param>
public sealed record OrderFigures(
    double DiversityBefore, double Diversity, double? MiscalibrationBefore, double? Miscalibration, long RelaxedRanks);
