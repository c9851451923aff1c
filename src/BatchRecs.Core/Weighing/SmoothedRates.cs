using MathNet.Numerics.Distributions;

namespace BatchRecs.Core.Weighing;

/// <summary>The prior of a rate: Beta(a, b).</summary>
/// <param name="A">a, above 0.</param>
/// <param name="B">b, above 0.</param>
public readonly record struct RatePrior(double A, double B)
{
    /// <summary>Returns the rate that is to be expected of an item: (s + a) / (e + a + b).</summary>
    /// <param name="successes">s, from 0 to <paramref name="exposures"/>.</param>
    /// <param name="exposures">e, at least 0.</param>
    public double Mean(long successes, long exposures) => (successes + A) / (exposures + A + B);

    /// <summary>Returns the rate that the item's own exceeds with a probability of 1 − <paramref name="level"/>.</summary>
    /// <param name="successes">s, from 0 to <paramref name="exposures"/>.</param>
    /// <param name="exposures">e, at least 0.</param>
    /// <param name="level">In (0, 1); 0.1 orders an item behind those that are known better.</param>
    public double Quantile(long successes, long exposures, double level) =>
        Beta.InvCDF(successes + A, exposures - successes + B, level);
}

/// <summary>Rates of items that were shown and taken, drawn towards those of their group: one lucky item does not lead a list.</summary>
/// <remarks>
/// The prior of a group is fitted by moments: with mean m and variance v of the items' own rates, a + b = m (1 − m) / v − 1 within
/// 10 … 10,000, and a = m (a + b).
/// </remarks>
public static class SmoothedRates
{
    /// <summary>The level of the quantile that careful lists are ordered by.</summary>
    public const double CarefulLevel = 0.1;

    const double LeastStrength = 10;
    const double MostStrength = 10_000;

    /// <summary>A group in which nothing, or everything, was taken still needs a rate between 0 and 1.</summary>
    const double LeastMean = 1e-6;

    /// <summary>Fits the prior of one group.</summary>
    /// <param name="successes">How often each item was taken, at most as often as it was shown.</param>
    /// <param name="exposures">How often each item was shown; items that never were say nothing.</param>
    public static RatePrior Fit(ReadOnlySpan<long> successes, ReadOnlySpan<long> exposures)
    {
        double sum = 0;
        double squares = 0;
        int shown = 0;
        for (int item = 0; item < exposures.Length; item++)
            if (exposures[item] > 0)
            {
                double rate = (double)successes[item] / exposures[item];
                sum += rate;
                squares += rate * rate;
                shown++;
            }
        double mean = Math.Clamp(shown > 0 ? sum / shown : 0.5, LeastMean, 1 - LeastMean);
        double variance = shown > 0 ? (squares / shown) - (mean * mean) : 0;
        // Items that are all alike leave nothing to tell them apart by: the strongest prior.
        double strength = variance > 0 ? Math.Clamp((mean * (1 - mean) / variance) - 1, LeastStrength, MostStrength) : MostStrength;
        return new RatePrior(mean * strength, (1 - mean) * strength);
    }

    /// <summary>Returns a careful rate per item: the 10 % quantile of what is known of it, with a prior per group.</summary>
    /// <param name="successes">How often each item was taken.</param>
    /// <param name="exposures">How often each item was shown.</param>
    /// <param name="groups">The group of each item, from 0: its category.</param>
    /// <returns>A rate in (0, 1) per item.</returns>
    public static double[] Careful(ReadOnlySpan<long> successes, ReadOnlySpan<long> exposures, ReadOnlySpan<int> groups)
    {
        double[] rates = new double[groups.Length];
        foreach (var members in groups.ToArray().Select((group, item) => (group, item)).GroupBy(entry => entry.group, entry => entry.item))
        {
            int[] items = [.. members];
            long[] taken = new long[items.Length];
            long[] shown = new long[items.Length];
            for (int n = 0; n < items.Length; n++)
                (taken[n], shown[n]) = (successes[items[n]], exposures[items[n]]);
            var prior = Fit(taken, shown);
            for (int n = 0; n < items.Length; n++)
                rates[items[n]] = prior.Quantile(taken[n], shown[n], CarefulLevel);
        }
        return rates;
    }
}
