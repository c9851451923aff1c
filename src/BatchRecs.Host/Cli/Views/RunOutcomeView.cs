using System.Text.Json.Serialization;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Views;

/// <summary>How a run ended, as a script reads it.</summary>
/// <param name="RunId">Id of the run in the ledger.</param>
/// <param name="Recommender">The recommender.</param>
/// <param name="State">How it ended.</param>
/// <param name="ReleaseId">The release that the run made or found current; null if there is none.</param>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Message">One line for an operator.</param>
/// <param name="Stages">What each stage did, in order.</param>
sealed record RunOutcomeView(
    long RunId,
    string Recommender,
    RunState State,
    long? ReleaseId,
    int ExitCode,
    string Message,
    IReadOnlyList<StageView> Stages)
{
    /// <summary>Gets what a tune job found; null for other jobs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TuneReport? Tuned { get; init; }

    /// <summary>Takes over an outcome.</summary>
    public static RunOutcomeView Of(RunOutcome outcome) => new(
        outcome.RunId,
        outcome.Recommender,
        outcome.State,
        outcome.ReleaseId,
        outcome.ExitCode,
        outcome.Message,
        [.. outcome.Stages.Select(StageView.Of)])
    {
        Tuned = outcome.Tuned,
    };
}

/// <summary>What a stage did.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Result">How it got its result.</param>
/// <param name="Rows">What it handled.</param>
/// <param name="Unit">What <paramref name="Rows"/> counts.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="RowsPerSecond">The rate; null where nothing was handled, the stage was not computed, or it took less than 0.05 s.</param>
/// <param name="Note">What an operator would like to know.</param>
sealed record StageView(StageName Stage, StageResult Result, long Rows, string Unit, double Seconds, double? RowsPerSecond, string Note)
{
    /// <summary>Takes over a report.</summary>
    public static StageView Of(StageReport report)
    {
        double seconds = Math.Round(report.Elapsed.TotalSeconds, 3);
        double? rate = report.Result == StageResult.Computed ? Numbers.RateOf(report.Rows, report.Elapsed) : null;
        return new StageView(report.Stage, report.Result, report.Rows, report.Unit, seconds, rate, report.Note);
    }
}
