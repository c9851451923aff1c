namespace BatchRecs.Store.Ledger;

/// <summary>What the ledger learns of a run when it begins.</summary>
/// <param name="Recommender">Name of its recommender.</param>
/// <param name="JobPath">Path of the job file as it was given.</param>
/// <param name="JobHash">Hash of the effective job definition.</param>
/// <param name="JobText">The job file's text.</param>
/// <param name="AsOf">The time up to which events count.</param>
/// <param name="AsOfGiven">True = somebody chose that time; false = it follows from the clock or the data.</param>
/// <param name="Trigger">Who asked: <c>cli</c>, <c>schedule:NAME</c>, <c>demo</c>.</param>
/// <param name="Owner">Who runs it: the machine and the process; its token tells a repeated start from another run.</param>
public sealed record RunStart(
    string Recommender,
    string JobPath,
    string JobHash,
    string JobText,
    DateTimeOffset AsOf,
    bool AsOfGiven,
    string Trigger,
    LockOwner Owner);

/// <summary>A run that the ledger knows now.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Fence">Shows that it holds the lock of its recommender; null if it was skipped.</param>
/// <param name="Skipped">Why it was skipped: who is at work; null if it runs.</param>
public sealed record StartedRun(long RunId, RunFence? Fence, string? Skipped);

/// <summary>What the ledger learns of a run when it ends.</summary>
/// <param name="State">How it ended: the text of a state of a run, for example <c>Published</c>.</param>
/// <param name="Message">One line for an operator.</param>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="ReleaseId">The release that it made or found current; null if there is none.</param>
/// <param name="Metrics">Its figures as JSON; null if there are none.</param>
public sealed record RunEnd(string State, string Message, int ExitCode, long? ReleaseId = null, string? Metrics = null)
{
    /// <summary>The exit code of a process whose run was skipped.</summary>
    public const int SkippedCode = 75;
}

/// <summary>A run in the ledger.</summary>
public sealed record RunRecord
{
    /// <summary>Gets its id.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets the name of its recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets the path of the job file as it was given.</summary>
    public required string JobPath { get; init; }

    /// <summary>Gets the hash of the effective job definition.</summary>
    public required string JobHash { get; init; }

    /// <summary>Gets the job file's text.</summary>
    public required string JobText { get; init; }

    /// <summary>Gets the time up to which events count.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Gets who asked.</summary>
    public required string TriggeredBy { get; init; }

    /// <summary>Gets the name of the machine.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the id of the process on it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Gets its state; <c>Running</c> from its start until somebody says otherwise, even if its process is gone.</summary>
    public required string State { get; init; }

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets one line for an operator; null while it runs.</summary>
    public string? Message { get; init; }

    /// <summary>Gets the exit code; null while it runs or if the process ended without a word.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Gets the release that it made or found current.</summary>
    public long? ReleaseId { get; init; }

    /// <summary>Gets its figures as JSON.</summary>
    public string? Metrics { get; init; }

    /// <summary>Gets when its release was published although a guard refused it; null if that was not done.</summary>
    public DateTimeOffset? OverriddenAt { get; init; }

    /// <summary>Gets who asked for that.</summary>
    public string? OverriddenBy { get; init; }

    /// <summary>Gets why, in that person's words.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>Gets its stages in the order in which they began; empty in lists of runs.</summary>
    public IReadOnlyList<StageRecord> Stages { get; init; } = [];
}
