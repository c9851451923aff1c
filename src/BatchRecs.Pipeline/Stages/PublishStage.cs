using System.Diagnostics;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Guarding;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Stages;

/// <summary>How a run with a finished release ends.</summary>
/// <param name="State">Published, unchanged, withheld, refused or dry run.</param>
/// <param name="Message">One line for an operator.</param>
public sealed record PublishResult(RunState State, string Message)
{
    /// <summary>Returns how a run ends that the guards refuse.</summary>
    public static PublishResult Refused(GuardVerdict verdict) =>
        new(RunState.Refused, $"refused, nothing was published: {Reasons(verdict)}");

    /// <summary>Returns what the guards have against a release, a sentence or two per rule.</summary>
    internal static string Reasons(GuardVerdict verdict) => string.Join(" ", verdict.Broken.Select(rule => rule.Message));
}

/// <summary>Makes the release current unless a guard refused it, or the store holds other rows than were made.</summary>
public sealed class PublishStage(ReleaseStore releases, TimeProvider clock)
{
    /// <summary>Runs the stage.</summary>
    /// <param name="release">The finished release.</param>
    /// <param name="verdict">What the guard said of it.</param>
    /// <param name="contents">Returns what it was made from; asked only where its rows are checked.</param>
    /// <param name="overridden">Who publishes it although guards refuse it; null = nobody.</param>
    /// <param name="dryRun">True = leave the current release as it is.</param>
    /// <param name="progress">Where it says how many rows are checked; null = nowhere.</param>
    /// <param name="token">Cancels; until the commit readers keep the old release.</param>
    public async Task<StageOutput<PublishResult>> RunAsync(
        BuiltRelease release,
        GuardVerdict verdict,
        Func<ReleaseContents> contents,
        GuardOverride? overridden,
        bool dryRun,
        IProgress<StageProgress>? progress,
        CancellationToken token)
    {
        bool allowed = verdict.Allows(overridden is not null);
        if (verdict.Passed)
            overridden = null;
        await releases.JudgeAsync(
            release.ReleaseId, allowed ? null : PublishResult.Reasons(verdict), token, allowed ? overridden : null);
        var current = await releases.FindCurrentAsync(release.Recommender, token);
        bool isCurrent = current?.ReleaseId == release.ReleaseId;
        // What a person let through stays let through.
        if (!allowed && !(isCurrent && current!.OverriddenAt is not null))
            return Output(PublishResult.Refused(verdict));
        if (isCurrent && !dryRun)
            return Unchanged(release);

        long started = Stopwatch.GetTimestamp();
        long rows = await releases.VerifyAsync(release.ReleaseId, contents(), progress, token);
        string check = string.Create(
            CultureInfo.InvariantCulture, $"{rows:N0} rows checked in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
        if (dryRun)
            return Output(RunState.DryRun, $"dry run: release {release.ReleaseId} is built and could be published", check);
        // Asked before: after the publication nothing may fail any more.
        string withdrawn = await WithdrawnMeanwhileAsync(release, token);
        return await releases.PublishAsync(release.ReleaseId, clock.GetUtcNow(), token) switch
        {
            Publication.Done => Output(
                RunState.Published, $"release {release.ReleaseId} is current{withdrawn}{Overridden(verdict, overridden)}", check, rows: 1),
            Publication.AlreadyCurrent => Unchanged(release),
            _ => Output(RunState.Withheld, await WithheldAsync(release, token)),
        };
    }

    static string Overridden(GuardVerdict verdict, GuardOverride? overridden) => overridden is null
        ? ""
        : $"; published although refused, by {overridden.By} ({overridden.Reason}): {PublishResult.Reasons(verdict)}";

    /// <summary>Who went back while this release was being made may want to look at what follows.</summary>
    async Task<string> WithdrawnMeanwhileAsync(BuiltRelease built, CancellationToken token)
    {
        var all = await releases.ListAsync(built.Recommender, token);
        var begun = all.First(release => release.ReleaseId == built.ReleaseId).CreatedAt;
        return string.Concat(all.Where(release => release.WithdrawnAt >= begun).Select(
            release => $"; release {release.ReleaseId} was withdrawn {Withdrawal(release)} meanwhile"));
    }

    async Task<string> WithheldAsync(BuiltRelease built, CancellationToken token)
    {
        var all = await releases.ListAsync(built.Recommender, token);
        string key = all.First(release => release.ReleaseId == built.ReleaseId).Key;
        var withdrawn = all.First(release => release.Key == key && release.WithdrawnAt is not null);
        return $"withheld: nothing has changed since release {withdrawn.ReleaseId}, which was withdrawn {Withdrawal(withdrawn)}. "
            + $"Readers keep the current release; batchrecs releases rollback JOB --to {withdrawn.ReleaseId} brings it back";
    }

    static string Withdrawal(Release release) => string.Create(
        CultureInfo.InvariantCulture,
        $"{release.WithdrawnAt:u} by {release.WithdrawnBy}{(release.WithdrawnReason is { } reason ? $" ({reason})" : "")}");

    static StageOutput<PublishResult> Unchanged(BuiltRelease release) => Output(
        RunState.Unchanged, $"unchanged: release {release.ReleaseId} is current already and nothing it depends on has changed");

    static StageOutput<PublishResult> Output(RunState state, string message, string check = "", long rows = 0) =>
        Output(new PublishResult(state, message), check, rows);

    static StageOutput<PublishResult> Output(PublishResult result, string check = "", long rows = 0) =>
        new(result, rows, "releases", check.Length == 0 ? result.Message : $"{result.Message}; {check}");
}
