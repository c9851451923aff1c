namespace BatchRecs.Core.Weighing;

/// <summary>Estimates how probable it was that a user came across an item.</summary>
public static class Propensities
{
    /// <summary>No item's weight in training grows by more than this, however rare the item.</summary>
    const double MaxInverse = 20;

    /// <summary>Estimates propensities from popularity: p = max(floor, ((n + 1) / (max n + 1))^exponent).</summary>
    /// <param name="distinctUsers">n: distinct users per item, counted before the time that the estimate may know of.</param>
    /// <param name="exponent">How fast propensity falls with popularity; 0 makes all equal.</param>
    /// <param name="floor">Least propensity, in (0, 1].</param>
    /// <returns>Propensity per item, in [floor, 1].</returns>
    /// <remarks>Power of relative popularity (Saito et al. 2020), with one added to every count so that no item has none.</remarks>
    public static double[] Estimate(ReadOnlySpan<int> distinctUsers, double exponent, double floor)
    {
        int most = 0;
        foreach (int users in distinctUsers)
            most = Math.Max(most, users);
        double[] propensities = new double[distinctUsers.Length];
        for (int item = 0; item < propensities.Length; item++)
            propensities[item] = Math.Max(floor, Math.Pow((distinctUsers[item] + 1.0) / (most + 1.0), exponent));
        return propensities;
    }

    /// <summary>Returns the factor of an item's training weights: min(1 / p, 20)^<paramref name="exponent"/>.</summary>
    /// <param name="propensity">p, in (0, 1].</param>
    /// <param name="exponent">0 = factor 1.</param>
    public static double TrainingFactor(double propensity, double exponent) => Math.Pow(Math.Min(1 / propensity, MaxInverse), exponent);
}
