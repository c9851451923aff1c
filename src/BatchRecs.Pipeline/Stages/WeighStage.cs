using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Turns events into one weight per user and item, and popularity and propensity per item.</summary>
public sealed class WeighStage(Recipe recipe)
{
    /// <summary>Runs the stage.</summary>
    /// <remarks>A cancellation does not wait for steps that look at no token: they end by themselves and their result is dropped.</remarks>
    public Task<StageOutput<WeightedInteractions>> RunAsync(
        Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token) => Task.Run(
        () =>
        {
            var weighted = recipe.Weigh(snapshot);
            progress?.Report(new StageProgress(snapshot.Interactions.Count, snapshot.Interactions.Count, "events"));
            return new StageOutput<WeightedInteractions>(weighted, snapshot.Interactions.Count, "events", Note(weighted));
        },
        token).WaitAsync(token);

    static string Note(WeightedInteractions weighted)
    {
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{weighted.UserItems.EntryCount:N0} pairs, effective sample size {weighted.EffectiveSampleSize:N0}");
        if (weighted.UserItems.Targets is { } targets && targets.AsSpan().Count(0f) is > 0 and var unwanted)
            note = string.Create(CultureInfo.InvariantCulture, $"{note}; not wanted: {unwanted:N0} of them");
        return weighted.LeftOut.OrderBy(reason => reason.Key, StringComparer.Ordinal).Aggregate(
            note, (text, reason) => string.Create(CultureInfo.InvariantCulture, $"{text}; {reason.Key}: {reason.Value:N0}"));
    }
}
