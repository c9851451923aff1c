namespace BatchRecs.Pipeline.Runs;

/// <summary>A wish to run a job.</summary>
/// <param name="JobPath">Path of the job file, relative to the project root or absolute.</param>
/// <param name="AsOf">The time up to which events count; null = as the job file and the ledger say.</param>
/// <param name="From">Stage from which on artifacts are computed anew; null = all that are present are used.</param>
/// <param name="Fresh">True = no artifact is used.</param>
/// <param name="DryRun">True = everything but publish.</param>
/// <param name="ScheduledAt">The regular time of a scheduled run: its as-of, unless the job takes that of the newest event.</param>
/// <param name="Trigger">Who asked: <c>cli</c>, <c>schedule:NAME</c>, <c>demo</c>.</param>
/// <param name="Override">Who wants the release published although guards refuse it, and why; null = nobody.</param>
public sealed record RunRequest(
    string JobPath,
    DateTimeOffset? AsOf = null,
    StageName? From = null,
    bool Fresh = false,
    bool DryRun = false,
    DateTimeOffset? ScheduledAt = null,
    string Trigger = "cli",
    OverrideRequest? Override = null);

/// <summary>The wish to publish a release although guards refuse it.</summary>
/// <param name="By">The person: <c>anna@host via cli</c>.</param>
/// <param name="Reason">In the person's words.</param>
public sealed record OverrideRequest(string By, string Reason);

/// <summary>The stages of a run, in order.</summary>
public enum StageName
{
    /// <summary>Reads events out of the warehouse.</summary>
    Extract,

    /// <summary>Tries settings; of tune jobs alone.</summary>
    Tune,

    /// <summary>Measures the recipe on the past.</summary>
    Evaluate,

    /// <summary>Turns events into weights.</summary>
    Weigh,

    /// <summary>Fits the scorers.</summary>
    Train,

    /// <summary>Makes the lists of a new release.</summary>
    Precompute,

    /// <summary>Checks the new release against limits.</summary>
    Guard,

    /// <summary>Makes the new release current.</summary>
    Publish,
}
