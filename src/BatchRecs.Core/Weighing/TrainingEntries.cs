namespace BatchRecs.Core.Weighing;

/// <summary>What the trainer gets of each pair: a weight w and a right-hand side b; both half-steps use the same.</summary>
/// <param name="Weights">w of each pair, at least 0.</param>
/// <param name="Targets">b of each pair; null where b = w for all.</param>
/// <param name="EffectiveSampleSize">That of the weights.</param>
sealed record TrainingEntries(double[] Weights, double[]? Targets, EffectiveSampleSize EffectiveSampleSize)
{
    /// <summary>Makes the entries.</summary>
    /// <param name="confidences">c of each pair, mean 1 over those that users want.</param>
    /// <param name="pairs">All pairs.</param>
    /// <param name="kept">The pairs that <paramref name="confidences"/> belong to.</param>
    /// <param name="propensities">p per item, in (0, 1].</param>
    /// <param name="options">Whether and how propensities enter.</param>
    /// <remarks>
    /// Form <c>weight</c>: w = c · min(1 / p, 20)^β with mean 1, and b = w. Form <c>relmf</c>: w = (1 − α₀) c / p and b = c / p, not
    /// normalised. With α₀ s² of every pair this is the loss (c / p) (1 − s)² + α₀ (1 − c / p) s² of a pair that a user wants, less a
    /// constant (Saito et al. 2020, with c for the relevance). A pair that the user does not want has b = 0.
    /// </remarks>
    public static TrainingEntries Of(
        double[] confidences, PairStrengths pairs, int[] kept, double[] propensities, WeighingOptions options)
    {
        bool[] wanted = Array.ConvertAll(kept, pair => !pairs.Negatives[pair]);
        double[] p = Array.ConvertAll(kept, pair => propensities[pairs.Items[pair]]);
        if (options.PropensityForm == PropensityForm.Relmf)
        {
            double[] inverse = [.. confidences.Select((c, n) => c / p[n])];
            return new TrainingEntries(
                Array.ConvertAll(inverse, w => (1 - options.UnobservedWeight) * w), OfWanted(inverse), EffectiveSampleSize.Of(inverse));
        }
        double[] weights = confidences;
        if (options.PropensityTraining != 0)
            weights = Confidences.DivideByMean(
                [.. confidences.Select((c, n) => c * Propensities.TrainingFactor(p[n], options.PropensityTraining))], wanted);
        return new TrainingEntries(weights, wanted.Contains(false) ? OfWanted(weights) : null, EffectiveSampleSize.Of(weights));

        double[] OfWanted(double[] targets) => [.. targets.Select((b, n) => wanted[n] ? b : 0)];
    }
}
