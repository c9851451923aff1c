using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Runs;

/// <summary>The line of a trending job: extract, precompute, publish.</summary>
/// <param name="runner">Wraps every stage.</param>
/// <param name="loaded">The job.</param>
/// <param name="warehouse">Where events come from.</param>
/// <param name="releases">Where releases go, under the lock of the run.</param>
/// <param name="start">Who and when.</param>
sealed class TrendingLine(StageRunner runner, LoadedJob loaded, Database warehouse, ReleaseStore releases, LineStart start)
{
    /// <summary>Runs the line.</summary>
    /// <returns>How it ended, and the release that it made or found.</returns>
    public async Task<(PublishResult Result, BuiltRelease? Release)> RunAsync(CancellationToken token)
    {
        var extracted = await new SourceExtract(runner, loaded, warehouse, start).RunAsync(token);
        var release = await PrecomputeAsync(extracted, token);
        await start.Privacy.RemoveLateAsync(release.ReleaseId, extracted.Snapshot.Users, token);
        var nobodyHasSeen = Exclusions.None(extracted.Snapshot.Users.Count);
        var result = await runner.RunAsync(
            StageName.Publish,
            "",
            null,
            (progress, stop) => new PublishStage(releases, start.Clock).RunAsync(
                release,
                HasLists(release),
                () => new ReleaseContents(extracted.Snapshot.Users, extracted.Snapshot.Items, nobodyHasSeen),
                start.Override,
                start.DryRun,
                progress,
                stop),
            token);
        return (result, release);
    }

    Task<BuiltRelease> PrecomputeAsync(ExtractedData extracted, CancellationToken token)
    {
        var snapshot = extracted.Snapshot;
        var plan = JobPlan.Trending(loaded.Job);
        string key = new StageKeys(loaded.Job).Trending(extracted.Hashes, snapshot.Users.Kind, snapshot.Items.Kind);
        return runner.RunAsync(
            StageName.Precompute,
            key,
            StageArtifacts.Precompute(releases, plan.Spec(snapshot.Users.Kind, snapshot.Items.Kind), snapshot.DataUntil, token),
            (_, stop) => new TrendingStage(releases, start.Clock).RunAsync(
                plan, extracted, new ReleaseStart(start.RunId, key, snapshot.DataUntil, loaded.Text), stop),
            token);
    }

    /// <summary>Lists that readers have must not become empty because a source is.</summary>
    static GuardVerdict HasLists(BuiltRelease release) => new(
    [
        new GuardRule(
            "minItems",
            release.Counts.Popular,
            1,
            release.Counts.Popular > 0,
            $"minItems: the popular lists have {release.Counts.Popular} places; expected at least 1. Look at the events of the window, at "
            + "events.NAME.weight and at exclude.items."),
    ]);
}
