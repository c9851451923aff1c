using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>Makes the lists that an evaluation compares, from what was fitted before the test period.</summary>
/// <param name="recipe">The recipe that is measured.</param>
/// <param name="options">Baselines and lengths.</param>
/// <param name="fit">What was fitted.</param>
/// <param name="token">Ends the work early.</param>
sealed class EvaluatedLists(Recipe recipe, RecipeEvaluationOptions options, EvaluationFit fit, CancellationToken token)
{
    readonly Exclusions _nothing = Exclusions.None(fit.Data.Snapshot.Users.Count);

    /// <summary>Gets what is new to each user, as the recipe has it.</summary>
    Exclusions Seen => SeenItems.Build(fit.Data.Snapshot, recipe.Options.Seen);

    /// <summary>Makes the main lists: the recipe's, the baselines', those of compared configurations, and of every scorer alone.</summary>
    public List<MakerLists> Main(TestTruth truth)
    {
        var seen = Seen;
        return
        [
            OfRecipe(truth, seen),
            .. Baselines(truth, seen),
            .. fit.Compared.Select(other => new MakerLists(
                other.Maker.Name,
                Lists(
                    other.Maker.Recipe.Open(other.Trained, other.Data),
                    truth,
                    SeenItems.Build(other.Data.Snapshot, other.Maker.Recipe.Options.Seen)),
                MakerKind.Compared)),
            .. Scorers(truth, seen),
        ];
    }

    /// <summary>Makes the main lists for a truth in which items count that a user had before.</summary>
    public List<MakerLists> Repeats(TestTruth truth)
    {
        var seen = Seen;
        return
        [
            OfRecipe(truth, seen),
            new MakerLists(EvaluationReport.RepeatsAllowed, Lists(recipe.Open(fit.Recipe, fit.Data), truth, _nothing)),
            .. Baselines(truth, seen),
        ];
    }

    /// <summary>Makes the buy-again lists, beside main lists from which nothing is left out.</summary>
    public List<MakerLists> Again(TestTruth truth, AgainRule rule) =>
    [
        AgainOf(EvaluationReport.AgainList, rule, truth, MakerKind.Measured),
        OfRecipe(truth, _nothing),
        .. Baselines(truth, _nothing),
        .. fit.Compared.Where(other => other.Maker.Again is not null)
            .Select(other => AgainOf(other.Maker.Name, other.Maker.Again!, truth, MakerKind.Compared)),
        .. Scorers(truth, _nothing),
    ];

    /// <summary>Makes the lists of users without events: the published popular list, and the baselines, which know nobody either.</summary>
    public List<MakerLists> Cold(TestTruth cold)
    {
        var published = new PopularityRanking(PopularityRanking.State(fit.Data.Weighted.Popularity));
        return
        [
            new MakerLists(
                EvaluationReport.PopularList,
                ForAll(cold, candidates => published.TopCandidates([0], _nothing, candidates)),
                MakerKind.Measured),
            .. options.Baselines.Select((baseline, b) => new MakerLists(baseline.Name, ForAll(cold, candidates =>
                candidates.CopyFrom(Open(b).Top([0], _nothing, candidates.Capacity).Candidates, 0)))),
        ];
    }

    /// <summary>Gives everybody the same list.</summary>
    CandidateBlock ForAll(TestTruth truth, Action<CandidateBlock> make)
    {
        var one = new CandidateBlock(1, options.At.Max());
        make(one);
        return one.Select(new int[truth.UserCount], one.Capacity);
    }

    MakerLists OfRecipe(TestTruth truth, Exclusions exclusions) => new(
        RecipeEvaluation.RecipeName, Lists(recipe.Open(fit.Recipe, fit.Data), truth, exclusions), MakerKind.Measured);

    IEnumerable<MakerLists> Baselines(TestTruth truth, Exclusions exclusions) => options.Baselines.Select((baseline, b) =>
        new MakerLists(baseline.Name, Lists(Open(b), truth, exclusions)));

    IEnumerable<MakerLists> Scorers(TestTruth truth, Exclusions exclusions) => recipe.Open(fit.Recipe, fit.Data).Scorers
        .Where(scorer => options.Baselines.All(baseline => baseline.Name != scorer.Name))
        .Select(scorer => new MakerLists(
            scorer.Name, Lists(new RecipeLists(recipe.Options, [scorer with { Weight = 1 }]), truth, exclusions), MakerKind.Scorer));

    MakerLists AgainOf(string name, AgainRule rule, TestTruth truth, MakerKind kind)
    {
        var lists = new CandidateBlock(truth.UserCount, options.At.Max());
        new AgainList(fit.Data.Snapshot, rule.HalfLife, rule.EventTypes).Top(truth.Users, _nothing, lists);
        return new MakerLists(name, lists, kind);
    }

    RecipeLists Open(int baseline) => recipe.Alone(options.Baselines[baseline]).Open(fit.Baselines[baseline], fit.Data);

    CandidateBlock Lists(RecipeLists maker, TestTruth truth, Exclusions exclusions) =>
        maker.TopOfAll(truth.Users, exclusions, options.At.Max(), token);
}
