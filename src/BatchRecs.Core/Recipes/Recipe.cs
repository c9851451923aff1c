using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Similarities;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Core.Recipes;

/// <summary>Weigh, train, candidates, blend, re-rankers and rules as one pure composition: what is evaluated is what is served.</summary>
/// <remarks>Same snapshot and options give the same bits at any thread count.</remarks>
public sealed class Recipe(RecipeOptions options)
{
    /// <summary>Gets the options.</summary>
    public RecipeOptions Options { get; } = options;

    /// <summary>Turns events into weights, popularity and propensities.</summary>
    public WeightedInteractions Weigh(Snapshot snapshot) => Weigher.Weigh(snapshot, Options.Weighing);

    /// <summary>
    /// Tells which events are a sign of interest: of a type that is learnt from and not negative, with a value at or above its minimum, and
    /// not taken back by a later negative event of the same user and item.
    /// </summary>
    /// <returns>One flag per event.</returns>
    public bool[] Positives(Snapshot snapshot) => Signs(snapshot).Positives();

    /// <summary>Reads what the events of a snapshot say: wanted, unwanted, or nothing.</summary>
    public EventSigns Signs(Snapshot snapshot) => new(snapshot, Options.Weighing.Events);

    /// <summary>
    /// Returns what users took after a cut and could have been recommended: positives that the lists do not leave out as seen.
    /// </summary>
    /// <param name="snapshot">The whole snapshot.</param>
    /// <param name="split">The cut.</param>
    public TestTruth Truth(Snapshot snapshot, TemporalSplit split) => split.Truth(
        Positives(snapshot), repeats: !Options.Seen.Enabled, SeenItems.Build(split.Training, Options.Seen));

    /// <summary>Returns the recipe that has this scorer alone, and everything else in common.</summary>
    internal Recipe Alone(ScorerChoice scorer) => new(
        Options with { Scorers = [scorer with { Weight = 1 }], ReRankers = [], Rules = [], Allocation = null });

    /// <summary>Picks what is <c>tuned</c> on the last part of the data, then fits every scorer on all of it.</summary>
    /// <param name="data">The snapshot and its weights.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="token">Ends the training early.</param>
    public TrainedRecipe Train(TrainingData data, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var (picks, report) = Tuning.IsNeeded(Options)
            ? new Tuning(this).Run(data.Snapshot, progress, token)
            : (Tuning.Defaults(Options), null);
        var context = new FitContext(Options.Seed, Options.Threads, progress);
        return new TrainedRecipe(
            [.. Options.Scorers.Select((choice, s) => new TrainedScorer(
                choice.Name, picks[s].Variant, picks[s].Weight, choice.Variants[picks[s].Variant].Scorer.Fit(data, context, token)))],
            report,
            data.Snapshot.DataUntil);
    }

    /// <summary>Makes a trained recipe ready to produce lists.</summary>
    /// <param name="trained">What <see cref="Train"/> returned, perhaps read back from disk.</param>
    /// <param name="data">The same data that it was trained on.</param>
    /// <param name="asked">What the warehouse answered to rules; null = rules that depend on it are left out, as in a measurement: what
    /// the warehouse says now may come from events of the test period.</param>
    public RecipeLists Open(TrainedRecipe trained, TrainingData data, RuleData? asked = null) =>
        new(
            Options,
            [.. Options.Scorers.Select(choice =>
            {
                var model = trained.Models.Single(model => model.Name == choice.Name);
                return new OpenScorer(model.Name, model.Weight, choice.Variants[model.Variant].Scorer.Open(model.State, data));
            })],
            OpenOrder(trained, data, asked));

    FinalOrder? OpenOrder(TrainedRecipe trained, TrainingData data, RuleData? asked)
    {
        var rules = RuleBook.Open(Options.Rules, data.Snapshot, asked);
        if (Options.ReRankers.Count == 0 && rules.IsEmpty)
            return null;
        var factors = trained.Models
            .Select(model => model.State.Arrays.GetValueOrDefault(AlsScorer.ItemFactors))
            .FirstOrDefault(array => array is not null);
        var known = new ReRankingData(data, factors is null ? null : new FactorSimilarity((float[])factors.Elements, factors.Columns));
        return new FinalOrder([.. Options.ReRankers.Select(open => open(known))], rules, new OrderTally(known));
    }
}
