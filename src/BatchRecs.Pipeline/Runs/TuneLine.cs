using System.Globalization;
using BatchRecs.Core.Recipes;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Runs;

/// <summary>The line of a tune job: extract, tune, evaluate; then the report and the proposed job file.</summary>
/// <param name="runner">Wraps every stage.</param>
/// <param name="tune">The job.</param>
/// <param name="warehouse">Where events come from.</param>
/// <param name="start">Who and when.</param>
/// <param name="files">Where report and proposal go.</param>
/// <param name="searchesAnew">True = trials of earlier runs are left aside.</param>
sealed class TuneLine(
    StageRunner runner, LoadedTune tune, Database warehouse, LineStart start, TuneFiles files, bool searchesAnew)
{
    /// <summary>The name of the definition that holds now, beside the winner.</summary>
    const string Current = "current";

    readonly RefreshJob _job = tune.Tuned.Job;

    /// <summary>Runs the line.</summary>
    /// <remarks>An extract of the same definition up to the same moment does, whoever made it: nothing of this is served.</remarks>
    public async Task<TuneReport> RunAsync(CancellationToken token)
    {
        var extracted = await new SourceExtract(runner, tune.Tuned, warehouse, start with { Resumes = true }).RunAsync(token);
        string key = new StageKeys(_job).Tune(extracted.Hashes, [.. tune.Keys.Select(tried => tried.Dimension)], tune.Job.Seed);
        var trials = new TrialFile(start.Artifacts, _job.Recommender, key, start.Clock);
        var search = await runner.RunAsync(
            StageName.Tune,
            key,
            null,
            (progress, stop) => new TuneStage(tune, trials, searchesAnew, start.Clock).RunAsync(extracted.Snapshot, progress, stop),
            token);
        var winner = TuneStage.Definition(tune, search.Best.Values);
        var report = Report(search);
        if (report.Changes.Count == 0)
            await runner.LeaveOutAsync(StageName.Evaluate, "the definition that holds now is the best", token);
        else
            report = await TestAsync(report, winner, extracted, token);
        return files.Write(tune, report);
    }

    /// <summary>Measures the winner and the definition that holds now, once, where no trial has looked.</summary>
    async Task<TuneReport> TestAsync(TuneReport report, RefreshJob winner, ExtractedData extracted, CancellationToken token)
    {
        var current = new ComparedRecipe(Current, new Recipe(JobPlan.Recipe(_job)));
        var evaluation = new RecipeEvaluation(new Recipe(JobPlan.Recipe(winner)), JobPlan.Evaluation(winner, current));
        if (evaluation.Obstacle(extracted.Snapshot) is { } obstacle)
        {
            await runner.LeaveOutAsync(StageName.Evaluate, $"not measured: {obstacle}", token);
            return report;
        }
        var measured = await runner.RunAsync(
            StageName.Evaluate,
            new StageKeys(winner).Evaluate(extracted.Hashes, Current, new StageKeys(_job).Definition),
            StageArtifacts.Evaluate(evaluation.TestFrom(extracted.Snapshot)),
            (progress, stop) => new EvaluateStage(evaluation).RunAsync(extracted.Snapshot, progress, stop),
            token);
        var main = measured.Lists[0];
        return report with
        {
            TestUsers = main.MeasuredUsers,
            Test = [.. main.Differences
                .Where(difference => difference.Baseline == Current && difference.Length == report.Depth)
                .Select(difference => new TestedMetric(
                    difference.Metric,
                    main.Makers[0].At[0].Metrics[difference.Metric],
                    main.Makers.Single(maker => maker.Name == Current).At[0].Metrics[difference.Metric],
                    difference.Difference,
                    difference.Relative))],
        };
    }

    TuneReport Report(TuneSearch search) => new()
    {
        RunId = start.RunId,
        Job = tune.Tuned.Path,
        Depth = _job.Evaluate.At[0],
        ValidationFrom = Micros.ToTime(search.ValidationFrom),
        TestFrom = Micros.ToTime(search.TestFrom),
        ValidationUsers = search.Users,
        Ended = search.Ended,
        Keys = [.. tune.Keys.Select(key => new TriedKey(
            key.Name,
            key.Format(key.Dimension.Least),
            key.Format(key.Dimension.Greatest),
            key.Dimension.IsLogarithmic ? "log" : "linear"))],
        Trials = [.. search.Trials.Select(trial => new TrialRow(
            trial.Number,
            [.. trial.Values.Select((value, d) => Written(d, value))],
            trial.Outcome,
            trial.Probe,
            trial.Score,
            trial.ElapsedMs / 1000.0,
            trial.Note))],
        Winner = search.Best.Number,
        Changes = [.. tune.Keys
            .Select((key, d) => new ChangedKey(key.Name, key.Present, Written(d, search.Best.Values[d])))
            .Where(change => change.From != change.To)],
    };

    string Written(int key, double? value) => value is { } number ? tune.Keys[key].Format(number) : tune.Keys[key].Present;

    /// <summary>Says in one line what was found.</summary>
    public static string Message(TuneReport report)
    {
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"done: trial {report.Winner} of {report.Trials.Count} is the best, NDCG@{report.Depth} {report.WinnerScore:0.0000} in the "
            + $"validation window against {report.Trials[0].Score:0.0000} of {report.Job}");
        if (report.Test is not [var ndcg, ..])
            return $"{found}; {report.Verdict}";
        return found + string.Create(
            CultureInfo.InvariantCulture,
            $"; in the test period {ndcg.Winner.Estimate:0.0000} against {ndcg.Current.Estimate:0.0000}, difference "
            + $"{ndcg.Difference.Estimate:+0.0000;-0.0000} ({ndcg.Difference.Low:+0.0000;-0.0000} to "
            + $"{ndcg.Difference.High:+0.0000;-0.0000}): "
            + $"{report.Verdict}; {(report.Proposed is { } file ? $"proposed: {file}" : "nothing is proposed")}");
    }
}
