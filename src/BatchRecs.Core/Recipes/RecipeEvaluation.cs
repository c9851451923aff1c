using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>Runs a recipe on the snapshot cut at T1 and measures its final lists on what came after.</summary>
public sealed class RecipeEvaluation(Recipe recipe, RecipeEvaluationOptions options)
{
    /// <summary>More users than these are thinned evenly: their intervals are narrow enough, and memory stays bounded.</summary>
    internal const int MostUsers = 20_000;

    /// <summary>The name of the recipe among the makers of lists.</summary>
    public const string RecipeName = "recipe";

    /// <summary>The name of the recipe's lists before its allocators changed them: the difference is what allocation costs.</summary>
    public const string UnallocatedName = "unallocated";

    /// <summary>Gets groups of the users of the snapshot that are measured apart; null = there are none.</summary>
    public UserSegments? Segments { get; init; }

    /// <summary>
    /// Says why a snapshot cannot be measured: a young shop has nothing older than the holdout, a tiny one nobody to test on.
    /// </summary>
    /// <returns>Null if it can.</returns>
    public string? Obstacle(Snapshot snapshot)
    {
        try
        {
            return Obstacle(snapshot, options.Holdout.Split(snapshot));
        }
        catch (InputDataException error)
        {
            return error.Message;
        }
    }

    string? Obstacle(Snapshot snapshot, TemporalSplit split)
    {
        if (!recipe.Positives(split.Training).Contains(true))
            return "no event before the holdout can be learnt from.";
        int users = recipe.Truth(snapshot, split).UserCount;
        return users >= UserSample.LeastUsers ? null : $"{users} users have a test item, at least {UserSample.LeastUsers} are needed.";
    }

    /// <summary>Returns T1, the start of the test period, in microseconds since 1970-01-01 UTC.</summary>
    public long TestFrom(Snapshot snapshot) => options.Holdout.Split(snapshot).TestFrom;

    /// <summary>Fits the recipe, the baselines and the compared configurations on everything before T1.</summary>
    public EvaluationFit Fit(Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token) =>
        Fit(options.Holdout.Split(snapshot), progress, token);

    EvaluationFit Fit(TemporalSplit split, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var data = new TrainingData(split.Training, recipe.Weigh(split.Training));
        var compared = new List<ComparedFit>();
        var notCompared = new List<NotCompared>();
        var fit = new EvaluationFit(
            split,
            data,
            recipe.Train(data, progress, token),
            [.. options.Baselines.Select(baseline => recipe.Alone(baseline).Train(data, null, token))]);
        foreach (var maker in options.Compared)
        {
            try
            {
                var weighed = new TrainingData(split.Training, maker.Recipe.Weigh(split.Training));
                compared.Add(new ComparedFit(maker, weighed, maker.Recipe.Train(weighed, progress, token)));
            }
            catch (InputDataException error)
            {
                // It may count other events than the measured recipe does, and there may be none of them.
                notCompared.Add(new NotCompared(maker.Name, error.Message));
            }
        }
        return fit with { Compared = compared, NotCompared = notCompared };
    }

    /// <summary>Measures the final lists, beside those of the baselines, of compared configurations and of every scorer alone.</summary>
    /// <param name="snapshot">The whole snapshot: its last part is the test.</param>
    /// <param name="fit">What <see cref="Fit(Snapshot, IProgress{StageProgress}, CancellationToken)"/> returned for it.</param>
    /// <param name="token">Ends the measurement early.</param>
    /// <exception cref="LeakException">Something in the fit has learnt from the test period.</exception>
    public EvaluationReport Measure(Snapshot snapshot, EvaluationFit fit, CancellationToken token)
    {
        fit.ThrowIfLeaking();
        var known = recipe.Truth(snapshot, fit.Split);
        var main = known.Thin(MostUsers);
        var lists = new EvaluatedLists(recipe, options, fit, token);
        var measure = new ListMeasurement(fit, recipe.Options.Seed, Segments);
        var measured = new List<ListEvaluation>
        {
            measure.InParts(EvaluationReport.MainList, main, lists.Main(main), options.At, token),
        };
        if (options.Repeats || options.Again is not null)
        {
            var all = fit.Split.Truth(recipe.Positives(snapshot), repeats: true).Thin(MostUsers);
            if (options.Repeats)
                measured.Add(measure.Of(EvaluationReport.RepeatsList, all, lists.Repeats(all), options.At, token));
            if (options.Again is { } again)
                measured.Add(measure.Of(EvaluationReport.AgainList, all, lists.Again(all, again), options.At, token));
        }
        return new EvaluationReport
        {
            TestFrom = fit.Split.TestFrom,
            TestUntil = snapshot.DataUntil,
            Tuned = new TunedFigures(recipe, options).Of(fit),
            Lists = measured,
            ColdUsers = known.Cold?.Thin(MostUsers) is { UserCount: >= UserSample.LeastUsers } cold
                ? measure.Plain(EvaluationReport.ColdList, cold, lists.Cold(cold), options.At, token)
                : null,
            NotCompared = fit.NotCompared,
        };
    }

    /// <summary>Measures the main list on older test periods too, everything fitted anew before each.</summary>
    /// <param name="snapshot">The whole snapshot.</param>
    /// <param name="report">What <see cref="Measure"/> returned for it.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="token">Ends the measurement early.</param>
    /// <returns>The report with all periods, the newest first; unchanged where one period was asked for.</returns>
    public EvaluationReport Roll(Snapshot snapshot, EvaluationReport report, IProgress<StageProgress>? progress, CancellationToken token)
    {
        if (options.Windows <= 1)
            return report;
        long length = snapshot.DataUntil - report.TestFrom;
        var windows = new List<WindowEvaluation> { WindowEvaluation.Of(report.TestFrom, report.TestUntil, report.Lists[0]) };
        while (windows.Count < options.Windows && windows[^1].Obstacle is null)
            windows.Add(Window(snapshot, windows[^1].TestFrom, windows[^1].TestFrom - length, progress, token));
        return report with { Windows = windows };
    }

    WindowEvaluation Window(Snapshot snapshot, long until, long from, IProgress<StageProgress>? progress, CancellationToken token)
    {
        try
        {
            // What came later is not even in the snapshot that is cut.
            var older = snapshot.Before(until);
            var split = TemporalSplit.At(older, from);
            if (Obstacle(older, split) is { } obstacle)
                return NoWindow(obstacle);
            var fit = Fit(split, progress, token);
            fit.ThrowIfLeaking();
            var truth = recipe.Truth(older, split).Thin(MostUsers);
            var makers = new EvaluatedLists(recipe, options, fit, token).Main(truth);
            var measure = new ListMeasurement(fit, recipe.Options.Seed, null);
            return WindowEvaluation.Of(
                from, older.DataUntil, measure.Plain(EvaluationReport.MainList, truth, makers, [options.At[0]], token));
        }
        catch (InputDataException error)
        {
            return NoWindow(error.Message);
        }

        WindowEvaluation NoWindow(string why) => new() { TestFrom = from, TestUntil = until, Users = 0, Makers = [], Obstacle = why };
    }
}
