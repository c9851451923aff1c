using System.Globalization;
using System.Text.Json;
using BatchRecs.Core.Evaluation;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Ledger;

namespace BatchRecs.Pipeline.Runs;

/// <summary>A measurement that still holds.</summary>
/// <param name="Report">What was measured.</param>
/// <param name="Note">When, and in a few words what.</param>
sealed record LastEvaluation(EvaluationReport Report, string Note);

/// <summary>What was measured.</summary>
/// <param name="Own">Hash of the definition.</param>
/// <param name="Champion">Hash of the definition that it was compared with; empty if it was compared with none.</param>
sealed record MeasuredDefinition(string Own, string Champion)
{
    /// <summary>Tells whether a measurement of this one says all that another asks for.</summary>
    public bool Answers(MeasuredDefinition asked) => Own == asked.Own && (asked.Champion.Length == 0 || Champion == asked.Champion);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static MeasuredDefinition Parse(string text) =>
        text.Split(' ') is [var own, var champion] ? new MeasuredDefinition(own, champion) : new MeasuredDefinition(text, "");

    /// <inheritdoc/>
    public override string ToString() => Champion.Length == 0 ? Own : $"{Own} {Champion}";
}

/// <summary>Keeps measurements in the ledger and knows when the next is due.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="clock">The clock.</param>
/// <param name="asOf">The time up to which events count for the run.</param>
/// <param name="forced">True = every measurement is due.</param>
sealed class Evaluations(RunLedger ledger, TimeProvider clock, DateTimeOffset asOf, bool forced)
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>
    /// Returns the last measurement if it still holds and has every baseline that the guard asks for; null if a new one is due.
    /// </summary>
    public async Task<LastEvaluation?> NotDueAsync(RefreshJob job, MeasuredDefinition definition, CancellationToken token)
    {
        var last = await ledger.LastEvaluationAsync(job.Recommender, token);
        if (forced || last is null || job.Evaluate.When == EvaluateWhen.Nightly)
            return null;
        // What was measured of another definition says nothing of this one.
        if (!MeasuredDefinition.Parse(last.JobHash).Answers(definition) || clock.GetUtcNow() - last.MeasuredAt >= Week)
            return null;
        var report = JsonSerializer.Deserialize<EvaluationReport>(last.Report, JsonSerializerOptions.Web)!;
        // A run of the past may not be judged by what followed it.
        if (report.TestUntil > Micros.Of(asOf))
            return null;
        var known = report.List(EvaluationReport.MainList)!.Differences.Select(difference => difference.Baseline);
        if (job.Guard.NoWorseThan.Except(known).Any())
            return null;
        return new LastEvaluation(report, string.Create(
            CultureInfo.InvariantCulture, $"measured {last.MeasuredAt:yyyy-MM-dd} by run {last.RunId}: {EvaluateStage.Note(report)}"));
    }

    /// <summary>Keeps a measurement.</summary>
    public Task SaveAsync(RefreshJob job, MeasuredDefinition definition, long runId, EvaluationReport report, CancellationToken token) =>
        ledger.SaveEvaluationAsync(
            job.Recommender,
            new EvaluationRecord
            {
                JobHash = definition.ToString(),
                Report = JsonSerializer.Serialize(report, JsonSerializerOptions.Web),
                RunId = runId,
                MeasuredAt = clock.GetUtcNow(),
            },
            token);
}
