using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Recipes;

/// <summary>Which last part of the time is held out: a duration or a share of the events.</summary>
/// <param name="Duration">The duration, or null.</param>
/// <param name="Share">The share of the events, in (0, 1); used where there is no duration.</param>
public sealed record HoldoutRule(TimeSpan? Duration, double Share = 0.2)
{
    /// <summary>Cuts a snapshot by this rule.</summary>
    /// <exception cref="Errors.InputDataException">No event is older than the cut.</exception>
    public TemporalSplit Split(Snapshot snapshot) =>
        Duration is { } duration ? TemporalSplit.ByDuration(snapshot, duration) : TemporalSplit.ByShare(snapshot, Share);
}
