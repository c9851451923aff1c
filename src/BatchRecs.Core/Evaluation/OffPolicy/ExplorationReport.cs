namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>What came of one drawn item that was shown.</summary>
/// <param name="User">The user.</param>
/// <param name="Item">The drawn item.</param>
/// <param name="Reward">What it brought.</param>
/// <param name="Propensity">The probability of the draw.</param>
/// <param name="PoolSize">How many items could have been drawn.</param>
/// <param name="Score">What the blend thought of the item, in [0, 1].</param>
/// <param name="BestItem">The item that the blend would have taken; its score is 1.</param>
/// <param name="IsBest">True = the draw took that one.</param>
public readonly record struct DrawOutcome(
    int User, int Item, double Reward, double Propensity, long PoolSize, double Score, int BestItem, bool IsBest);

/// <summary>What the outcomes of draws say of the policies that could fill the explored place.</summary>
/// <param name="Policies">Policy by policy.</param>
/// <param name="Gain">
/// Mean reward of the blend − that of exploring, over the same rows: what a draw costs. Null where either is refused.
/// </param>
public sealed record ExplorationReport(IReadOnlyList<OffPolicyResult> Policies, OffPolicyEstimate? Gain)
{
    /// <summary>The policy that drew.</summary>
    public const string Explore = "explore";

    /// <summary>The policy that takes what the blend likes best of the same pool.</summary>
    public const string Blend = "blend";

    /// <summary>The policy that draws every item of the pool alike.</summary>
    public const string Uniform = "uniform";

    /// <summary>Works out the report.</summary>
    /// <param name="outcomes">One row per drawn item that was shown.</param>
    /// <param name="seed">Decides which half of the users each model learns from.</param>
    public static ExplorationReport Of(IReadOnlyList<DrawOutcome> outcomes, ulong seed)
    {
        int[] users = [.. outcomes.Select(row => row.User)];
        double[] rewards = [.. outcomes.Select(row => row.Reward)];
        var explore = OffPolicyResult.Of(Explore, Sample(_ => 1));
        var blend = OffPolicyResult.Of(Blend, Sample(row => row.IsBest ? 1 / row.Propensity : 0) with { Predictions = Predictions() });
        var uniform = OffPolicyResult.Of(Uniform, Sample(row => 1 / (row.PoolSize * row.Propensity)));
        var robust = blend.Estimates.FirstOrDefault(estimate => estimate.Method == OffPolicyMethods.DoublyRobust);
        return new ExplorationReport(
            [explore, blend, uniform],
            explore.Refusal is null ? robust?.Minus(explore.Estimates[0], users) : null);

        LoggedSample Sample(Func<DrawOutcome, double> weight) =>
            new() { Users = users, Rewards = rewards, Weights = [.. outcomes.Select(weight)] };

        RewardPredictions Predictions()
        {
            var models = RewardModel.CrossFit(users, [.. outcomes.Select(row => (row.Item, row.Score, row.Reward))], seed);
            return new RewardPredictions(
                [.. outcomes.Select((row, n) => models[n].Predict(row.Item, row.Score))],
                [.. outcomes.Select((row, n) => models[n].Predict(row.BestItem, 1))]);
        }
    }
}
