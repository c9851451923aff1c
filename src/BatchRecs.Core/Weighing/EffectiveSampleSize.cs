using System.Globalization;

namespace BatchRecs.Core.Weighing;

/// <summary>How many equally weighted observations would say as much as some weighted ones: (Σw)² / Σw² (Kish 1965).</summary>
/// <param name="Size">The effective number, from 0 to <paramref name="Count"/>.</param>
/// <param name="Count">The number of observations.</param>
public readonly record struct EffectiveSampleSize(double Size, long Count)
{
    /// <summary>Below this effective number a weighted figure is not shown.</summary>
    public const double Least = 1000;

    /// <summary>Below this share of the observations a weighted figure is not shown: a few of them decide it.</summary>
    public const double LeastShare = 0.05;

    /// <summary>Gets why a figure with these weights is not to be shown; null = it may be.</summary>
    public string? Refusal =>
        Size >= Least && Size >= LeastShare * Count
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"effective sample size {Size:N0} of {Count:N0}; expected at least {Math.Max(Least, LeastShare * Count):N0}");

    /// <summary>Measures some weights.</summary>
    /// <param name="weights">Weights of at least 0; 0 for none.</param>
    public static EffectiveSampleSize Of(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        double squares = 0;
        foreach (double weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }
        return Of(sum, squares, weights.Length);
    }

    /// <summary>Measures weights of which the sums are known.</summary>
    /// <param name="sum">Σw.</param>
    /// <param name="sumOfSquares">Σw².</param>
    /// <param name="count">The number of weights.</param>
    public static EffectiveSampleSize Of(double sum, double sumOfSquares, long count) =>
        new(sumOfSquares > 0 ? sum * sum / sumOfSquares : 0, count);
}
