using MathNet.Numerics.Distributions;

namespace BatchRecs.Core.Evaluation;

/// <summary>The bias-corrected and accelerated bootstrap interval (BCa; Efron 1987): right also for skewed metrics of few users.</summary>
static class BiasCorrected
{
    /// <summary>Returns the 95 % interval.</summary>
    /// <param name="estimate">The figure of the sample itself.</param>
    /// <param name="replicates">The figure of each resample; sorted in place.</param>
    /// <param name="leaveOneOut">The figure without user i, one per user.</param>
    /// <remarks>
    /// z₀ = Φ⁻¹(share of replicates below the estimate, equal ones counted half); a = Σ dᵢ³ / (6 (Σ dᵢ²)^1.5) with
    /// dᵢ = mean of the leave-one-out figures − figure i; the bounds are the replicates' quantiles at
    /// Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) for z = ∓1.96.
    /// </remarks>
    public static Interval Of(double estimate, double[] replicates, ReadOnlySpan<double> leaveOneOut)
    {
        Array.Sort(replicates);
        double shift = Normal.InvCDF(0, 1, ShareBelow(estimate, replicates));
        double acceleration = Acceleration(leaveOneOut);
        return new Interval(
            estimate,
            Quantile(replicates, Level(-UserSample.NormalQuantile, shift, acceleration)),
            Quantile(replicates, Level(UserSample.NormalQuantile, shift, acceleration)));
    }

    static double ShareBelow(double estimate, double[] sorted)
    {
        // Sums of the same values in another order differ in their last bits and still count as equal.
        double tolerance = 1e-12 * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        double below = 0;
        foreach (double replicate in sorted)
            below += replicate < estimate - tolerance ? 1 : replicate <= estimate + tolerance ? 0.5 : 0;
        // An estimate outside all replicates would give an infinite shift.
        return Math.Clamp(below / sorted.Length, 0.5 / sorted.Length, 1 - (0.5 / sorted.Length));
    }

    static double Acceleration(ReadOnlySpan<double> leaveOneOut)
    {
        double mean = 0;
        foreach (double figure in leaveOneOut)
            mean += figure / leaveOneOut.Length;
        double squares = 0, cubes = 0;
        foreach (double figure in leaveOneOut)
        {
            double deviation = mean - figure;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }
        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    static double Level(double z, double shift, double acceleration) =>
        Normal.CDF(0, 1, shift + ((shift + z) / (1 - (acceleration * (shift + z)))));

    /// <summary>Returns a quantile, linear between neighbours.</summary>
    static double Quantile(double[] sorted, double level)
    {
        double position = level * (sorted.Length - 1);
        int below = Math.Min((int)position, sorted.Length - 2);
        return sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
