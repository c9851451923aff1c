using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Privacy;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>What to measure.</summary>
/// <param name="Job">The job file.</param>
/// <param name="Compare">Further job files, whose recipes are measured beside it.</param>
public sealed record MeasurementRequest(string Job, IReadOnlyList<string> Compare);

/// <summary>Measures the recipe of a job on the past: extract and evaluate alone. Writes nothing to any store.</summary>
public sealed class Measurement(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>Measures.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="observer">Who is told how far it has come.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">A job file is wrong, or a compared one cannot be run on the same extract.</exception>
    public async Task<(RefreshJob Job, EvaluationReport Report)> RunAsync(
        MeasurementRequest request, IRunObserver observer, CancellationToken token)
    {
        var loaded = JobFile.Load(request.Job, project.Root);
        var jobs = new ComparedJobs(loaded.Job);
        ComparedRecipe[] compared = [.. request.Compare.Select(path => jobs.Of(JobFile.Load(path, project.Root)))];
        await using var warehouse = project.OpenWarehouse(loaded, loggers);
        await using var serving = project.OpenServing(loaded, loggers);
        var forgotten = new ForgottenUsers(serving, loaded.Job.Recommender);
        var asOf = await AsOf.DefaultAsync(loaded, project.Root, warehouse, clock.GetUtcNow(), token);

        var plan = new ExtractPlans(loaded.Job, project.Root).Plan(asOf, clock.GetUtcNow());
        var extracted = await WatchAsync(observer, StageName.Extract, progress =>
            new ExtractStage(warehouse, forgotten).RunAsync(plan, progress, token));
        var evaluation = JobPlan.Evaluation(new Recipe(JobPlan.Recipe(loaded.Job)), loaded.Job, extracted, compared);
        var report = await WatchAsync(
            observer, StageName.Evaluate, progress => new EvaluateStage(evaluation).RunAsync(extracted.Snapshot, progress, token));
        return (loaded.Job, report);
    }

    async Task<T> WatchAsync<T>(IRunObserver observer, StageName stage, Func<IProgress<StageProgress>, Task<StageOutput<T>>> run)
    {
        observer.StageStarted(stage);
        long started = clock.GetTimestamp();
        var output = await run(new StageReporter(observer, stage));
        observer.StageFinished(
            new StageReport(stage, StageResult.Computed, output.Rows, output.Unit, clock.GetElapsedTime(started), output.Note));
        return output.Value;
    }
}
