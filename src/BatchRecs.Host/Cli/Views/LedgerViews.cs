using BatchRecs.Core.Guarding;

namespace BatchRecs.Host.Cli.Views;

/// <summary>A release in the serving store.</summary>
/// <param name="ReleaseId">Its id.</param>
/// <param name="Recommender">Its recommender.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="State">What it is: <c>building</c>, <c>built</c>, <c>current</c>, <c>retired</c>, <c>refused</c>, <c>withdrawn</c>.</param>
/// <param name="IsCurrent">True if readers get this one.</param>
/// <param name="CreatedAt">When its loading began.</param>
/// <param name="PublishedAt">When it last became current; null if never.</param>
/// <param name="RetiredAt">When another took its place; null if that has not happened.</param>
/// <param name="DataUntil">Time of the newest event behind it.</param>
/// <param name="Counts">Row counts by table.</param>
/// <param name="Metrics">Measures by name.</param>
/// <param name="JobText">The job file as it was.</param>
/// <param name="Note">Why it was refused, who let it through all the same, or who withdrew it; empty if nothing of that.</param>
sealed record ReleaseRow(
    long ReleaseId,
    string Recommender,
    long RunId,
    string State,
    bool IsCurrent,
    DateTimeOffset CreatedAt,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? RetiredAt,
    DateTimeOffset DataUntil,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyDictionary<string, double> Metrics,
    string JobText,
    string Note = "");

/// <summary>What a rollback did.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="FromReleaseId">The release that was current before.</param>
/// <param name="ToReleaseId">The release that is current now.</param>
sealed record RollbackView(string Recommender, long FromReleaseId, long ToReleaseId);

/// <summary>What came of the wish to cancel a run.</summary>
/// <param name="Recommender">The recommender.</param>
/// <param name="RunId">The run.</param>
/// <param name="State">Its state now: <c>running</c> if it has not ended yet.</param>
/// <param name="Message">One line for an operator.</param>
sealed record CancelView(string Recommender, long RunId, string State, string Message);

/// <summary>A run in the ledger.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Recommender">Its recommender.</param>
/// <param name="Job">Path of the job file.</param>
/// <param name="State">Its state: a word of the ledger, such as <c>running</c>, <c>published</c>, <c>dry-run</c>.</param>
/// <param name="Trigger">Who asked for it.</param>
/// <param name="AsOf">The time up to which events count; null if it ended before that was known.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="ExitCode">Its exit code; null while it runs.</param>
/// <param name="ReleaseId">The release that it made or found current; null if there is none.</param>
/// <param name="Message">One line for an operator.</param>
/// <param name="Stages">Its stages; empty in a list of runs.</param>
/// <param name="Rules">The verdict of the guards, rule by rule; empty in a list of runs, and before there is one.</param>
/// <param name="Overridden">Who published its release although a guard refused it, when and why; empty if nobody did.</param>
sealed record RunRow(
    long RunId,
    string Recommender,
    string Job,
    string State,
    string Trigger,
    DateTimeOffset? AsOf,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    int? ExitCode,
    long? ReleaseId,
    string Message,
    IReadOnlyList<RunStageRow> Stages,
    IReadOnlyList<GuardRule> Rules,
    string Overridden = "");

/// <summary>A stage of a run in the ledger.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Result">How it got its result; <c>failed</c> or <c>running</c> if it has none.</param>
/// <param name="Rows">What it handled.</param>
/// <param name="Unit">What <paramref name="Rows"/> counts.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Note">A note, or the error.</param>
sealed record RunStageRow(string Stage, string Result, long Rows, string Unit, double Seconds, string Note);
