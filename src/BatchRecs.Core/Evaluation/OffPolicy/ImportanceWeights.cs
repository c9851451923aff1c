namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>Ways to tame large weights: each trades a little bias for less variance.</summary>
/// <remarks>
/// Su et al. 2020, "Doubly robust off-policy evaluation with shrinkage"; Metelli et al. 2021 for the sub-Gaussian form.
/// </remarks>
public static class ImportanceWeights
{
    /// <summary>Gets the strengths that are tried for clipping: the largest weight M; ∞ clips nothing.</summary>
    internal static IReadOnlyList<double> Clips { get; } = [2, 5, 10, 20, 50, 100, double.PositiveInfinity];

    /// <summary>Gets the strengths λ that are tried for shrinking; ∞ shrinks nothing.</summary>
    internal static IReadOnlyList<double> Shrinkages { get; } = [10, 100, 1_000, 10_000, 100_000, double.PositiveInfinity];

    /// <summary>Gets the strengths λ that are tried for the sub-Gaussian form; 0 changes nothing.</summary>
    internal static IReadOnlyList<double> SubGaussians { get; } = [0.2, 0.1, 0.05, 0.02, 0.01, 0.001, 0];

    /// <summary>Returns min(w, M).</summary>
    /// <param name="weight">w ≥ 0.</param>
    /// <param name="most">M &gt; 0; ∞ clips nothing.</param>
    public static double Clipped(double weight, double most) => Math.Min(weight, most);

    /// <summary>Returns λ w / (w² + λ): large weights go to 0.</summary>
    /// <param name="weight">w ≥ 0.</param>
    /// <param name="lambda">λ &gt; 0; ∞ shrinks nothing.</param>
    public static double Shrunk(double weight, double lambda) =>
        double.IsPositiveInfinity(lambda) ? weight : lambda * weight / ((weight * weight) + lambda);

    /// <summary>Returns w / (1 − λ + λ w): large weights go to 1 / λ.</summary>
    /// <param name="weight">w ≥ 0.</param>
    /// <param name="lambda">λ in [0, 1]; 0 changes nothing.</param>
    public static double SubGaussian(double weight, double lambda) => weight / (1 - lambda + (lambda * weight));

    /// <summary>Returns how many equally weighted rows say as much: (Σ w)² / Σ w².</summary>
    /// <returns>In [0, rows]; 0 where every weight is 0.</returns>
    public static double EffectiveRows(ReadOnlySpan<double> weights)
    {
        double sum = 0, squares = 0;
        foreach (double weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }
        return squares > 0 ? sum * sum / squares : 0;
    }
}
