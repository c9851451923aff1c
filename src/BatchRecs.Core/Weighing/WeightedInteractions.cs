using BatchRecs.Core.Data;

namespace BatchRecs.Core.Weighing;

/// <summary>What weighing makes of a snapshot.</summary>
public sealed record WeightedInteractions
{
    /// <summary>
    /// Gets the confidence weights w, users × items, mean 1 over the entries that users want (but for <see cref="PropensityForm.Relmf"/>);
    /// b = w unless targets are stored.
    /// </summary>
    public required SparseMatrix UserItems { get; init; }

    /// <summary>Gets the number of distinct users per item, over the events that count, before the limit of items per user.</summary>
    public required int[] DistinctUsers { get; init; }

    /// <summary>Gets the decayed popularity per item.</summary>
    public required double[] Popularity { get; init; }

    /// <summary>Gets the propensity per item, in (0, 1].</summary>
    public required double[] Propensities { get; init; }

    /// <summary>Gets the number of events that were left out, by reason: <see cref="LeftOutReasons"/>.</summary>
    public required IReadOnlyDictionary<string, long> LeftOut { get; init; }

    /// <summary>Gets the effective sample size (Σw)² / Σw² of the weights.</summary>
    public required double EffectiveSampleSize { get; init; }
}
