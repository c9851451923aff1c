namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>What came of draws with known probabilities, seen through the eyes of a target policy; row n is one outcome.</summary>
public sealed record LoggedSample
{
    /// <summary>Gets the user of each row: rows of one user are not independent, so errors are worked out over users.</summary>
    public required int[] Users { get; init; }

    /// <summary>Gets the reward r of each row, any finite number; same length.</summary>
    public required double[] Rewards { get; init; }

    /// <summary>Gets the weight w = q(a|x) / p(a|x) ≥ 0 of each row: target over logged probability; same length.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Gets what a model expects; null where the target's choices are not known beyond the drawn item.</summary>
    public RewardPredictions? Predictions { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => Rewards.Length;

    /// <summary>Refuses columns that do not fit together.</summary>
    internal void Check()
    {
        bool fits = Users.Length == Count && Weights.Length == Count
            && (Predictions is null || (Predictions.Logged.Length == Count && Predictions.Target.Length == Count));
        if (!fits)
            throw new ArgumentException($"There are {Count} rewards; every column needs as many rows.");
    }
}

/// <summary>Rewards that a model expects; it must not have seen the rewards of the row's own user.</summary>
/// <param name="Logged">r̂(x, a) of the item that was drawn.</param>
/// <param name="Target">Σₐ q(a|x) r̂(x, a): what the target policy would get in the row's context.</param>
public sealed record RewardPredictions(double[] Logged, double[] Target);
