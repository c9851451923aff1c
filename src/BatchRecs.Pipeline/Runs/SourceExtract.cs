using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Runs;

/// <summary>The first stage of every line: reads what the job names.</summary>
/// <param name="runner">Wraps the stage.</param>
/// <param name="loaded">The job.</param>
/// <param name="warehouse">Where events come from.</param>
/// <param name="start">Who and when.</param>
sealed class SourceExtract(StageRunner runner, LoadedJob loaded, Database warehouse, LineStart start)
{
    readonly RefreshJob _job = loaded.Job;

    /// <summary>Runs the stage.</summary>
    /// <remarks>Only a run that goes on with an earlier one may trust what that one read: otherwise rows may have changed since.</remarks>
    public Task<ExtractedData> RunAsync(CancellationToken token) => runner.RunAsync(
        StageName.Extract,
        StageKeys.Extract(start.AsOf, loaded.Hash),
        StageArtifacts.Extract with { MayLoad = start.Resumes },
        (progress, stop) =>
        {
            var plan = new ExtractPlans(_job, start.ProjectRoot).Plan(start.AsOf, start.Clock.GetUtcNow());
            var stage = new ExtractStage(warehouse, start.Privacy.Forgotten, StoredEvents());
            return start.Rejects.KeepAsync(plan.Request.Rejected, () => stage.RunAsync(plan, progress, stop));
        },
        token);

    /// <summary>Where an incremental job keeps the rows that the next run need not read again; null for other jobs.</summary>
    StoredEventsFolder? StoredEvents() => !_job.Incremental.Enabled ? null : new StoredEventsFolder(
        start.Artifacts,
        _job,
        new StageKeys(_job).StoredEvents(new ExtractPlans(_job, start.ProjectRoot).SourceQueries()),
        start.ReadsAll,
        start.IsBackfill,
        start.Clock,
        start.Logger);
}
