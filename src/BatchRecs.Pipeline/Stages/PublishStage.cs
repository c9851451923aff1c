using BatchRecs.Core.Guarding;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Stages;

/// <summary>How a run with a finished release ends.</summary>
/// <param name="State">Published, unchanged, refused or dry run.</param>
/// <param name="Message">One line for an operator.</param>
public sealed record PublishResult(RunState State, string Message);

/// <summary>Makes the release current unless a guard refused it.</summary>
public sealed class PublishStage(ReleaseStore releases, TimeProvider clock)
{
    /// <summary>Runs the stage.</summary>
    /// <param name="release">The finished release.</param>
    /// <param name="verdict">What the guard said of it.</param>
    /// <param name="dryRun">True = leave the current release as it is.</param>
    /// <param name="token">Cancels; until the commit readers keep the old release.</param>
    public async Task<StageOutput<PublishResult>> RunAsync(
        BuiltRelease release, GuardVerdict verdict, bool dryRun, CancellationToken token)
    {
        if (!verdict.Passed)
            return Output(
                RunState.Refused, $"refused, nothing was published: {string.Join(" ", verdict.Broken.Select(rule => rule.Message))}");
        if (dryRun)
            return Output(RunState.DryRun, $"dry run: release {release.ReleaseId} is built and could be published");

        return await releases.PublishAsync(release.ReleaseId, clock.GetUtcNow(), token)
            ? Output(RunState.Published, $"release {release.ReleaseId} is current", rows: 1)
            : Output(
                RunState.Unchanged, $"unchanged: release {release.ReleaseId} is current already and nothing it depends on has changed");
    }

    static StageOutput<PublishResult> Output(RunState state, string message, long rows = 0) =>
        new(new PublishResult(state, message), rows, "releases", message);
}
