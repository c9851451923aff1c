using BatchRecs.Store.Ledger;

namespace BatchRecs.Pipeline.Runs;

/// <summary>How a run ended.</summary>
/// <param name="RunId">Its id in the ledger.</param>
/// <param name="Recommender">Its recommender.</param>
/// <param name="State">How it ended.</param>
/// <param name="ReleaseId">The release that it made or found current; null if there is none.</param>
/// <param name="Stages">What each stage did, in order.</param>
/// <param name="Message">One line for an operator: what happened and what to do.</param>
public sealed record RunOutcome(
    long RunId, string Recommender, RunState State, long? ReleaseId, IReadOnlyList<StageReport> Stages, string Message)
{
    /// <summary>Gets what a tune job found; null for other jobs.</summary>
    public TuneReport? Tuned { get; init; }

    /// <summary>Gets the exit code of a process that ends with this outcome.</summary>
    public int ExitCode => ExitCodeOf(State);

    /// <summary>Returns the exit code of a process whose run ended without an error.</summary>
    public static int ExitCodeOf(RunState state) => state switch
    {
        RunState.Refused => 6,
        RunState.Skipped => RunEnd.SkippedCode,
        _ => 0,
    };
}

/// <summary>What a stage did.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Result">Computed, loaded from its artifact, or left out.</param>
/// <param name="Rows">What it handled.</param>
/// <param name="Unit">What <paramref name="Rows"/> counts: events, users, rows.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Note">What an operator would like to know, in a few words.</param>
public sealed record StageReport(StageName Stage, StageResult Result, long Rows, string Unit, TimeSpan Elapsed, string Note);

/// <summary>How a stage got its result.</summary>
public enum StageResult
{
    /// <summary>Computed now.</summary>
    Computed,

    /// <summary>Found finished on disk (or, for precompute, in the store).</summary>
    Loaded,

    /// <summary>Not due.</summary>
    LeftOut,
}

/// <summary>The states of a run in the ledger.</summary>
public enum RunState
{
    /// <summary>Under way, or killed without a word since the recommender's last run began.</summary>
    Running,

    /// <summary>A new release is current.</summary>
    Published,

    /// <summary>Nothing changed since the current release.</summary>
    Unchanged,

    /// <summary>Nothing changed since a release that a person went back from, so the current one stays.</summary>
    Withheld,

    /// <summary>All but published, as asked.</summary>
    DryRun,

    /// <summary>A guard refused the new release.</summary>
    Refused,

    /// <summary>Came to its end; the job publishes nothing.</summary>
    Done,

    /// <summary>Another run of the recommender is under way, so this one did not begin.</summary>
    Skipped,

    /// <summary>Ended by an error.</summary>
    Failed,

    /// <summary>Cancelled by a person or a shutdown.</summary>
    Cancelled,

    /// <summary>Its process ended without a word, or said nothing for longer than its lease lasts.</summary>
    Lost,
}
