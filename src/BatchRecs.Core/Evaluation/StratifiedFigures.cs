namespace BatchRecs.Core.Evaluation;

/// <summary>Popularity-stratified metrics: hits on little known items weigh more. Not unbiased: exposure was not logged.</summary>
/// <remarks>
/// Each test item weighs 1 / pᵢ with pᵢ = max(0.01, ((nᵢ + 1) / (max n + 1))^exponent). Per user, the weights of the hits are divided by
/// those of all test items, so a user with one test item is not re-weighed at all; the pooled form divides once, over all users.
/// </remarks>
public sealed record StratifiedFigures
{
    /// <summary>Gets the exponent of relative popularity in pᵢ.</summary>
    public required double Exponent { get; init; }

    /// <summary>Gets the mean over users of Σ hits 1/p ÷ Σ test items 1/p.</summary>
    public required double Recall { get; init; }

    /// <summary>Gets the mean over users of Σ hits 1/(p · log₂(rank + 1)) ÷ Σ test items 1/p.</summary>
    public required double Dcg { get; init; }

    /// <summary>Gets <see cref="Recall"/> with both sums taken over all users before dividing.</summary>
    public required double PooledRecall { get; init; }

    /// <summary>Gets <see cref="Dcg"/> with both sums taken over all users before dividing.</summary>
    public required double PooledDcg { get; init; }

    /// <summary>Gets the effective number of test pairs (Σ w)² / Σ w² under the weights w = 1/p.</summary>
    public required double EffectiveSampleSize { get; init; }

    /// <summary>Gets the share of the users with a single test item.</summary>
    public required double SingleItemUsers { get; init; }

    /// <summary>Gets a value indicating whether enough pairs stand behind it: effectively 1,000, and 5 % of all.</summary>
    public required bool Reliable { get; init; }
}
