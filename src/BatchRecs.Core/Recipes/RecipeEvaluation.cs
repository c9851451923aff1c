using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>How a recipe is measured on the past.</summary>
public sealed record RecipeEvaluationOptions
{
    /// <summary>Gets the last part of the time, which is held out for the test.</summary>
    public required HoldoutRule Holdout { get; init; }

    /// <summary>Gets the list lengths, the primary one first.</summary>
    public required IReadOnlyList<int> At { get; init; }

    /// <summary>Gets the baselines: each a recipe of its own, trained and tuned on the same past.</summary>
    public required IReadOnlyList<ScorerChoice> Baselines { get; init; }

    /// <summary>Gets the half-life and the event types of the buy-again list; null = there is none.</summary>
    public AgainRule? Again { get; init; }
}

/// <summary>How buy-again lists are made.</summary>
/// <param name="HalfLife">Age at which an event counts half.</param>
/// <param name="EventTypes">Event types that count; null = all.</param>
public sealed record AgainRule(TimeSpan HalfLife, IReadOnlyList<string>? EventTypes);

/// <summary>All that was fitted for an evaluation: on events before the test period only.</summary>
/// <param name="Split">The cut.</param>
/// <param name="Data">The training part and its weights.</param>
/// <param name="Recipe">The recipe that would be served.</param>
/// <param name="Baselines">The baselines, in the order of the options.</param>
public sealed record EvaluationFit(TemporalSplit Split, TrainingData Data, TrainedRecipe Recipe, IReadOnlyList<TrainedRecipe> Baselines);

/// <summary>Runs a recipe on the snapshot cut at T1 and measures its final lists on what came after.</summary>
public sealed class RecipeEvaluation(Recipe recipe, RecipeEvaluationOptions options)
{
    /// <summary>More users than these are thinned evenly: their intervals are narrow enough, and memory stays bounded.</summary>
    const int MostUsers = 20_000;

    /// <summary>The name of the recipe among the makers of lists.</summary>
    public const string RecipeName = "recipe";

    /// <summary>The name of the recipe's lists before its allocators changed them: the difference is what allocation costs.</summary>
    public const string UnallocatedName = "unallocated";

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

    /// <summary>Fits the recipe and the baselines on everything before T1.</summary>
    public EvaluationFit Fit(Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var split = options.Holdout.Split(snapshot);
        var data = new TrainingData(split.Training, recipe.Weigh(split.Training));
        if (data.Snapshot.DataUntil >= split.TestFrom)
            throw new InvalidOperationException("The training part holds an event of the test period.");
        return new EvaluationFit(
            split,
            data,
            recipe.Train(data, progress, token),
            [.. options.Baselines.Select(baseline => Alone(baseline).Train(data, null, token))]);
    }

    /// <summary>Measures the final lists, beside those of the baselines and of every scorer alone.</summary>
    /// <param name="snapshot">The whole snapshot: its last part is the test.</param>
    /// <param name="fit">What <see cref="Fit"/> returned for it.</param>
    /// <param name="token">Ends the measurement early.</param>
    public EvaluationReport Measure(Snapshot snapshot, EvaluationFit fit, CancellationToken token)
    {
        var lists = new List<ListEvaluation> { MeasureMain(snapshot, fit, token) };
        if (options.Again is { } again)
            lists.Add(MeasureAgain(snapshot, fit, again, token));
        return new EvaluationReport
        {
            TestFrom = fit.Split.TestFrom,
            TestUntil = snapshot.DataUntil,
            Tuned = Tuned(fit),
            Lists = lists,
        };
    }

    ListEvaluation MeasureMain(Snapshot snapshot, EvaluationFit fit, CancellationToken token)
    {
        var truth = recipe.Truth(snapshot, fit.Split).Thin(MostUsers);
        var exclusions = SeenItems.Build(fit.Data.Snapshot, recipe.Options.Seen);
        var makers = Makers(fit, truth, exclusions, token);
        if (recipe.Options.Allocation is { } allocation)
        {
            makers.Insert(1, makers[0] with { Name = UnallocatedName });
            makers[0] = new MakerLists(RecipeName, Allocated(fit, truth, exclusions, allocation, token));
        }
        return Evaluate(EvaluationReport.MainList, truth, fit, makers, token);
    }

    /// <summary>Allocates the lists of everybody who would have been served at T1, since lists that are few get other items.</summary>
    CandidateBlock Allocated(
        EvaluationFit fit, TestTruth truth, Exclusions exclusions, AllocationOptions allocation, CancellationToken token)
    {
        var maker = new AllocatedLists(recipe.Options, recipe.Open(fit.Recipe, fit.Data), fit.Data.Snapshot, exclusions);
        int[] served = ActiveUsers.Of(fit.Data.Snapshot, allocation.Active);
        var all = maker.Gather([.. served.Union(truth.Users).Order()], token);
        maker.Allocate(all, token);
        return all.Of(truth.Users);
    }

    ListEvaluation MeasureAgain(Snapshot snapshot, EvaluationFit fit, AgainRule rule, CancellationToken token)
    {
        var truth = fit.Split.Truth(recipe.Positives(snapshot), repeats: true).Thin(MostUsers);
        var nothing = Exclusions.None(fit.Data.Snapshot.Users.Count);
        var again = new CandidateBlock(truth.UserCount, options.At.Max());
        new AgainList(fit.Data.Snapshot, rule.HalfLife, rule.EventTypes).Top(truth.Users, nothing, again);
        return Evaluate(
            EvaluationReport.AgainList,
            truth,
            fit,
            [new MakerLists(EvaluationReport.AgainList, again), .. Makers(fit, truth, nothing, token)],
            token);
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

    List<MakerLists> Makers(EvaluationFit fit, TestTruth truth, Exclusions exclusions, CancellationToken token)
    {
        var opened = recipe.Open(fit.Recipe, fit.Data);
        var makers = new List<MakerLists> { Lists(RecipeName, opened) };
        for (int b = 0; b < options.Baselines.Count; b++)
            makers.Add(Lists(options.Baselines[b].Name, Alone(options.Baselines[b]).Open(fit.Baselines[b], fit.Data)));
        foreach (var scorer in opened.Scorers.Where(scorer => makers.All(maker => maker.Name != scorer.Name)))
            makers.Add(Lists(scorer.Name, new RecipeLists(recipe.Options, [scorer with { Weight = 1 }])));
        return makers;

        MakerLists Lists(string name, RecipeLists maker) =>
            new(name, maker.TopOfAll(truth.Users, exclusions, options.At.Max(), token));
    }

    Recipe Alone(ScorerChoice baseline) => new(recipe.Options with { Scorers = [baseline with { Weight = 1 }] });

    Dictionary<string, double> Tuned(EvaluationFit fit)
    {
        var tuned = new Dictionary<string, double>();
        for (int s = 0; s < fit.Recipe.Models.Count; s++)
        {
            var (choice, model) = (recipe.Options.Scorers[s], fit.Recipe.Models[s]);
            if (choice.Weight is null)
                tuned[$"blend.{model.Name}"] = model.Weight;
            AddFigures(choice, model, $"scorers.{model.Name}");
        }
        for (int b = 0; b < fit.Baselines.Count; b++)
            AddFigures(options.Baselines[b], fit.Baselines[b].Models[0], $"baselines.{options.Baselines[b].Name}");
        return tuned;

        void AddFigures(ScorerChoice choice, TrainedScorer model, string prefix)
        {
            if (choice.Variants.Count > 1)
                foreach (var (name, figure) in model.State.Figures)
                    tuned[$"{prefix}.{name}"] = figure;
        }
    }
}
