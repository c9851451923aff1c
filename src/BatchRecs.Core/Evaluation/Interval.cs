namespace BatchRecs.Core.Evaluation;

/// <summary>A figure and the bounds between which the true one lies in 95 of 100 cases.</summary>
/// <param name="Estimate">The figure as measured.</param>
/// <param name="Low">Lower 95 % bound.</param>
/// <param name="High">Upper 95 % bound.</param>
public sealed record Interval(double Estimate, double Low, double High)
{
    /// <summary>Returns the interval of a mean over users.</summary>
    /// <param name="values">One value per user, at least two users.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static Interval OfMean(double[] values, ulong seed) => new UserSample([values], seed).Mean(0);

    /// <summary>Returns the interval of mean(a) − mean(b), both measured on the same users.</summary>
    /// <param name="a">One value per user, at least two users.</param>
    /// <param name="b">One value per user, same order.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static Interval OfPairedDifference(double[] a, double[] b, ulong seed) => new UserSample([a, b], seed).Difference(0, 1);

    /// <summary>Returns the interval of mean(a) / mean(b) − 1, both measured on the same users.</summary>
    /// <param name="a">One value per user, at least two users.</param>
    /// <param name="b">One value per user, same order.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <returns>Null where the mean of b, or of a resample of b, is 0.</returns>
    public static Interval? OfRelativeDifference(double[] a, double[] b, ulong seed) => new UserSample([a, b], seed).Relative(0, 1);
}
