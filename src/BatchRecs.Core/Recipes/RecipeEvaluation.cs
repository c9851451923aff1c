using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>Runs a recipe on the snapshot cut at T1 and measures its final lists on what came after.</summary>
public sealed class RecipeEvaluation(Recipe recipe, RecipeEvaluationOptions options)
{
    /// <summary>More users than these are thinned evenly: their intervals are narrow enough, and memory stays bounded.</summary>
    const int MostUsers = 20_000;

    /// <summary>The name of the recipe among the makers of lists.</summary>
    public const string RecipeName = "recipe";

    /// <summary>
    /// Says why a snapshot cannot be measured: a young shop has nothing older than the holdout, a tiny one nobody to test on.
    /// </summary>
    /// <returns>Null if it can.</returns>
    public string? Obstacle(Snapshot snapshot)
    {
        try
        {
            var split = options.Holdout.Split(snapshot);
            if (!recipe.Positives(split.Training).Contains(true))
                return "no event before the holdout can be learnt from.";
            int users = recipe.Truth(snapshot, split).UserCount;
            return users >= UserSample.LeastUsers ? null : $"{users} users have a test item, at least {UserSample.LeastUsers} are needed.";
        }
        catch (InputDataException error)
        {
            return error.Message;
        }
    }

    /// <summary>Returns T1, the start of the test period, in microseconds since 1970-01-01 UTC.</summary>
    public long TestFrom(Snapshot snapshot) => options.Holdout.Split(snapshot).TestFrom;

    /// <summary>Fits the recipe, the baselines and the compared configurations on everything before T1.</summary>
    public EvaluationFit Fit(Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var split = options.Holdout.Split(snapshot);
        var data = new TrainingData(split.Training, recipe.Weigh(split.Training));
        var compared = new List<ComparedFit>();
        var notCompared = new List<NotCompared>();
        var fit = new EvaluationFit(
            split,
            data,
            recipe.Train(data, progress, token),
            [.. options.Baselines.Select(baseline => Alone(baseline).Train(data, null, token))]);
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
    /// <param name="fit">What <see cref="Fit"/> returned for it.</param>
    /// <param name="token">Ends the measurement early.</param>
    /// <exception cref="LeakException">Something in the fit has learnt from the test period.</exception>
    public EvaluationReport Measure(Snapshot snapshot, EvaluationFit fit, CancellationToken token)
    {
        fit.ThrowIfLeaking();
        var lists = new List<ListEvaluation> { MeasureMain(snapshot, fit, token) };
        if (options.Again is { } again)
            lists.Add(MeasureAgain(snapshot, fit, again, token));
        return new EvaluationReport
        {
            TestFrom = fit.Split.TestFrom,
            TestUntil = snapshot.DataUntil,
            Tuned = new TunedFigures(recipe, options).Of(fit),
            Lists = lists,
            NotCompared = fit.NotCompared,
        };
    }

    ListEvaluation MeasureMain(Snapshot snapshot, EvaluationFit fit, CancellationToken token)
    {
        var truth = recipe.Truth(snapshot, fit.Split).Thin(MostUsers);
        var exclusions = SeenItems.Build(fit.Data.Snapshot, recipe.Options.Seen);
        MakerLists[] compared =
        [
            .. fit.Compared.Select(other => new MakerLists(other.Maker.Name, other.Maker.Recipe.Open(other.Trained, other.Data).TopOfAll(
                truth.Users,
                SeenItems.Build(other.Data.Snapshot, other.Maker.Recipe.Options.Seen),
                options.At.Max(),
                token), MakerKind.Compared)),
        ];
        var makers = Makers(fit, truth, exclusions, compared, token);
        bool[] isNew = CatalogueFacts.NewItems(fit.Data.Snapshot);
        return Evaluate(EvaluationReport.MainList, truth, fit, makers, token) with
        {
            Contrasts = [.. compared.Select(other => ListContrast.Of(makers[0], other, options.At[0], isNew))],
        };
    }

    ListEvaluation MeasureAgain(Snapshot snapshot, EvaluationFit fit, AgainRule rule, CancellationToken token)
    {
        var truth = fit.Split.Truth(recipe.Positives(snapshot), repeats: true).Thin(MostUsers);
        var nothing = Exclusions.None(fit.Data.Snapshot.Users.Count);
        MakerLists[] compared =
        [
            .. fit.Compared.Where(other => other.Maker.Again is not null)
                .Select(other => Again(other.Maker.Name, other.Maker.Again!, MakerKind.Compared)),
        ];
        return Evaluate(
            EvaluationReport.AgainList,
            truth,
            fit,
            [Again(EvaluationReport.AgainList, rule, MakerKind.Measured), .. Makers(fit, truth, nothing, compared, token)],
            token);

        MakerLists Again(string name, AgainRule how, MakerKind kind)
        {
            var lists = new CandidateBlock(truth.UserCount, options.At.Max());
            new AgainList(fit.Data.Snapshot, how.HalfLife, how.EventTypes).Top(truth.Users, nothing, lists);
            return new MakerLists(name, lists, kind);
        }
    }

    ListEvaluation Evaluate(string list, TestTruth truth, EvaluationFit fit, IReadOnlyList<MakerLists> makers, CancellationToken token) =>
        Evaluator.Evaluate(
            list,
            truth,
            makers,
            options.At,
            new CataloguePopularity(fit.Data.Weighted.DistinctUsers, fit.Data.Snapshot.Users.Count),
            recipe.Options.Seed,
            token);

    List<MakerLists> Makers(
        EvaluationFit fit, TestTruth truth, Exclusions exclusions, IReadOnlyList<MakerLists> compared, CancellationToken token)
    {
        var opened = recipe.Open(fit.Recipe, fit.Data);
        var makers = new List<MakerLists> { Lists(RecipeName, opened, MakerKind.Measured) };
        for (int b = 0; b < options.Baselines.Count; b++)
            makers.Add(Lists(
                options.Baselines[b].Name, Alone(options.Baselines[b]).Open(fit.Baselines[b], fit.Data), MakerKind.Baseline));
        makers.AddRange(compared);
        foreach (var scorer in opened.Scorers.Where(scorer => makers.All(maker => maker.Name != scorer.Name)))
            makers.Add(Lists(scorer.Name, new RecipeLists(recipe.Options, [scorer with { Weight = 1 }]), MakerKind.Scorer));
        return makers;

        MakerLists Lists(string name, RecipeLists maker, MakerKind kind) =>
            new(name, maker.TopOfAll(truth.Users, exclusions, options.At.Max(), token), kind);
    }

    Recipe Alone(ScorerChoice baseline) => new(recipe.Options with { Scorers = [baseline with { Weight = 1 }] });
}
