using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Quality;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>The straight line of one run: extract, evaluate, weigh, train, precompute, guard, publish.</summary>
/// <param name="runner">Wraps every stage.</param>
/// <param name="loaded">The job.</param>
/// <param name="warehouse">Where events come from.</param>
/// <param name="releases">Where releases go, under the lock of the run.</param>
/// <param name="evaluations">Knows when a measurement is due.</param>
/// <param name="score">Scores what was served until now.</param>
/// <param name="monitor">Looks at what is to be served next.</param>
/// <param name="guardLedger">What the guards know of earlier runs.</param>
/// <param name="start">Who and when.</param>
sealed class RefreshLine(
    StageRunner runner,
    LoadedJob loaded,
    Database warehouse,
    ReleaseStore releases,
    Evaluations evaluations,
    NightlyScore score,
    ReleaseMonitor monitor,
    GuardLedger guardLedger,
    LineStart start)
{
    readonly RefreshJob _job = loaded.Job;
    readonly StageKeys _keys = new(loaded.Job);
    readonly Recipe _recipe = new(JobPlan.Recipe(loaded.Job));

    /// <summary>Runs the line.</summary>
    /// <returns>How it ended, and the release that it made or found; null where the rows that were read are refused.</returns>
    public async Task<(PublishResult Result, BuiltRelease? Release)> RunAsync(CancellationToken token)
    {
        var extracted = await new SourceExtract(runner, loaded, warehouse, start).RunAsync(token);
        var guard = Guard();
        var inputs = await guard.CheckInputsAsync(extracted, token);
        if (!inputs.Allows(start.Override is not null))
            return (PublishResult.Refused(await JudgeAsync(() => guard.RefuseAsync(inputs, token), token)), null);
        await score.RunAsync(extracted.Snapshot, start.RunId, start.AsOf, token);
        var champion = await FindChampionAsync(token);
        var evaluation = await EvaluateAsync(extracted, champion, token);
        var data = await WeighAsync(extracted, token);
        var trained = await TrainAsync(extracted, data, token);
        var release = await PrecomputeAsync(extracted, data, trained, token);
        await monitor.RunAsync(extracted, release, start.RunId, token);
        await start.Privacy.RemoveLateAsync(release.ReleaseId, extracted.Snapshot.Users, token);
        var verdict = await JudgeAsync(() => guard.RunAsync(inputs, release, evaluation, IsMeasuredNow, champion, token), token);
        var result = await runner.RunAsync(
            StageName.Publish,
            "",
            null,
            (progress, stop) => new PublishStage(releases, start.Clock).RunAsync(
                release, verdict, () => Contents(extracted), start.Override, start.DryRun, progress, stop),
            token);
        return (result, release);
    }

    GuardStage Guard() => new(
        guardLedger,
        JobPlan.Guard(_job, _keys, new ExtractPlans(_job, start.ProjectRoot).SourceQueries()),
        new GuardedRun(start.RunId, _job.Recommender, start.AsOf, start.Override));

    async Task<GuardVerdict> JudgeAsync(Func<Task<StageOutput<GuardVerdict>>> judge, CancellationToken token)
    {
        var verdict = await runner.RunAsync(StageName.Guard, "", null, (_, _) => judge(), token);
        foreach (var rule in verdict.Broken)
            PipelineLog.GuardRefused(start.Logger, rule.Name, rule.Message);
        return verdict;
    }

    bool IsMeasuredNow => runner.Reports.Any(report => report.Stage == StageName.Evaluate && report.Result != StageResult.LeftOut);

    async Task<Champion> FindChampionAsync(CancellationToken token)
    {
        var champion = await Champion.FindAsync(releases, _job, start.ProjectRoot, token);
        if (champion.IsLost)
            PipelineLog.ChampionLost(start.Logger, _job.Recommender, champion.Note);
        return champion;
    }

    ReleaseContents Contents(ExtractedData extracted) => new(
        extracted.Snapshot.Users,
        extracted.Snapshot.Items,
        SeenItems.Build(extracted.Snapshot, _recipe.Options.Seen, extracted.Exclusions));

    /// <summary>
    /// Returns the measurement that holds for this run; null where there are too few data for one: the guard then knows that it lacks.
    /// </summary>
    async Task<EvaluationReport?> EvaluateAsync(ExtractedData extracted, Champion champion, CancellationToken token)
    {
        var definition = new MeasuredDefinition(_keys.Definition, champion.Definition);
        if (await evaluations.NotDueAsync(_job, definition, token) is { } last)
        {
            await runner.LeaveOutAsync(StageName.Evaluate, last.Note, token);
            return last.Report;
        }
        var evaluation = JobPlan.Evaluation(_recipe, _job, extracted, champion.Compared);
        if (evaluation.Obstacle(extracted.Snapshot) is { } obstacle)
        {
            await runner.LeaveOutAsync(StageName.Evaluate, $"not measured: {obstacle}", token);
            return null;
        }
        var report = await runner.RunAsync(
            StageName.Evaluate,
            champion.Recipe is null ? _keys.Evaluate(extracted.Hashes) : _keys.Evaluate(extracted.Hashes, champion.Definition),
            StageArtifacts.Evaluate(evaluation.TestFrom(extracted.Snapshot)),
            (progress, stop) => new EvaluateStage(evaluation).RunAsync(extracted.Snapshot, progress, stop),
            token);
        await evaluations.SaveAsync(_job, definition, start.RunId, report, token);
        return report;
    }

    async Task<TrainingData> WeighAsync(ExtractedData extracted, CancellationToken token) => new(extracted.Snapshot, await runner.RunAsync(
        StageName.Weigh,
        _keys.Weigh(extracted.Hashes),
        StageArtifacts.Weigh(extracted.Snapshot.DataUntil),
        (progress, stop) => new WeighStage(_recipe).RunAsync(extracted.Snapshot, progress, stop),
        token));

    Task<TrainedRecipe> TrainAsync(ExtractedData extracted, TrainingData data, CancellationToken token) => runner.RunAsync(
        StageName.Train,
        _keys.Train(extracted.Hashes),
        StageArtifacts.Train(extracted.Snapshot.DataUntil),
        (progress, stop) => new TrainStage(_recipe).RunAsync(data, progress, stop),
        token);

    Task<BuiltRelease> PrecomputeAsync(ExtractedData extracted, TrainingData data, TrainedRecipe trained, CancellationToken token)
    {
        var snapshot = extracted.Snapshot;
        var plan = JobPlan.Precompute(_job);
        string key = _keys.Precompute(extracted.Hashes, snapshot.Users.Kind, snapshot.Items.Kind);
        var from = new ReleaseStart(start.RunId, key, snapshot.DataUntil, loaded.Text);
        return runner.RunAsync(
            StageName.Precompute,
            key,
            StageArtifacts.Precompute(releases, plan.Spec(snapshot.Users.Kind, snapshot.Items.Kind), snapshot.DataUntil, token),
            (progress, stop) => new PrecomputeStage(releases, start.Clock).RunAsync(
                plan, _recipe, new PrecomputeInputs(extracted, data, trained, from), progress, stop),
            token);
    }
}

/// <summary>Who starts the line, and when.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="AsOf">The time up to which events count.</param>
/// <param name="Resumes">True = this run goes on with an earlier one that did not end well.</param>
/// <param name="ReadsAll">True = extract reads everything, whatever an earlier run kept.</param>
/// <param name="IsBackfill">True = somebody gave as-of and did not ask for everything anew.</param>
/// <param name="DryRun">True = publish nothing.</param>
/// <param name="Override">Who publishes the release although guards refuse it; null = nobody.</param>
/// <param name="ProjectRoot">The folder that paths in the job are relative to.</param>
/// <param name="Privacy">Whom the run leaves out.</param>
/// <param name="Rejects">Keeps rows that extract cannot use.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Logger">The log of the run.</param>
/// <param name="Artifacts">What earlier runs left on disk.</param>
sealed record LineStart(
    long RunId,
    DateTimeOffset AsOf,
    bool Resumes,
    bool ReadsAll,
    bool IsBackfill,
    bool DryRun,
    GuardOverride? Override,
    string ProjectRoot,
    RunPrivacy Privacy,
    RejectKeeper Rejects,
    TimeProvider Clock,
    ILogger Logger,
    ArtifactStore Artifacts);
