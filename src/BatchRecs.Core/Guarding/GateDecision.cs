using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Guarding;

/// <summary>What a comparison of two definitions says.</summary>
public enum GateOutcome
{
    /// <summary>The challenger is better: the difference is significant.</summary>
    Better,

    /// <summary>A loss that matters is ruled out.</summary>
    NoWorse,

    /// <summary>Neither a loss that matters nor its absence is shown: there are too few users.</summary>
    Inconclusive,

    /// <summary>The challenger is worse.</summary>
    Refused,
}

/// <summary>A metric of the challenger compared with that of the champion.</summary>
/// <param name="Metric">What is compared.</param>
/// <param name="Outcome">What follows.</param>
/// <param name="Relative">Challenger / champion − 1 with its 95 % interval; null where the champion has (nearly) no hits.</param>
/// <param name="IsSignificant">Whether the difference is, with Holm's procedure over all metrics that decide.</param>
/// <param name="NeededUsers">About how many users would decide it; null where it is decided, or no number of users would do.</param>
public sealed record GateDecision(RankingMetric Metric, GateOutcome Outcome, Interval? Relative, bool IsSignificant, long? NeededUsers);
