namespace BatchRecs.Core.Evaluation;

/// <summary>How far the categories of a list are from those of the user's history (Steck 2018, equations 4 and 6).</summary>
static class Calibration
{
    /// <summary>The share of p that is mixed into q, so that a category that a list lacks costs much, but not everything.</summary>
    public const double Smoothing = 0.01;

    /// <summary>Returns KL(p‖q̃) = Σ p ln(p / q̃), with q̃ = (1 − a) q + a p and a = 0.01.</summary>
    /// <param name="p">The distribution of the history over the categories.</param>
    /// <param name="q">That of the list; all 0 where none of its items has a category.</param>
    /// <returns>In [0, ln 100], in nats; 0 where the list is calibrated.</returns>
    public static double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int category = 0; category < p.Length; category++)
            if (p[category] > 0)
                sum += p[category] * Math.Log(p[category] / Mixed(p[category], q[category]));
        return sum;
    }

    /// <summary>Returns q̃ of one category.</summary>
    public static double Mixed(double p, double q) => ((1 - Smoothing) * q) + (Smoothing * p);
}
