using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Recipes;

public sealed class RecipeEvaluationTests
{
    [Fact]
    public void The_recipe_comes_first_then_the_baselines_then_every_scorer_alone()
    {
        var report = Measure(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null)));

        var main = Assert.Single(report.Lists);
        Assert.Equal("main", main.List);
        Assert.Equal(["recipe", "popular", "als", "recent"], main.Makers.Select(maker => maker.Name));
        Assert.Equal(["popular", "als", "recent"], main.Differences.Select(difference => difference.Baseline).Distinct());
        Assert.Equal(["blend.recent"], report.Tuned.Keys);
    }

    /// <summary>What is measured is what would be served: a recipe of one scorer is that scorer.</summary>
    [Fact]
    public void A_recipe_of_one_scorer_does_exactly_as_well_as_that_scorer_alone()
    {
        var main = Measure(SomeRecipe.Of(SomeRecipe.Als())).Lists[0];

        var (recipe, alone) = (main.Makers[0], main.Makers.Single(maker => maker.Name == "als"));
        Assert.Equal(recipe.At[0].Metrics, alone.At[0].Metrics);
        Assert.All(
            main.Differences.Where(difference => difference.Baseline == "als"),
            difference => Assert.Equal(new Interval(0, 0, 0), difference.Difference));
    }

    [Fact]
    public void Planted_taste_is_found_and_popularity_does_not_find_it()
    {
        var main = Measure(SomeRecipe.Of(SomeRecipe.Als())).Lists[0];

        var difference = main.Differences.Single(found =>
            found is { Baseline: "popular", Length: 10, Metric: RankingMetric.Ndcg });
        Assert.True(difference.Difference.Low > 0, $"als is not significantly above popular: {difference.Difference}.");
    }

    [Fact]
    public void The_buy_again_list_is_measured_with_repeats_beside_the_main_one()
    {
        var report = Measure(SomeRecipe.Of(SomeRecipe.Als()), new AgainRule(TimeSpan.FromDays(60), null));

        Assert.Equal(["main", "again"], report.Lists.Select(list => list.List));
        Assert.Equal(["again", "recipe", "popular", "als"], report.Lists[1].Makers.Select(maker => maker.Name));
        Assert.Equal(report.Lists[1].Counts.KnownPairs, report.Lists[1].Counts.EvaluatedPairs);
        Assert.Equal(report.Lists[0].Counts.KnownPairs - report.Lists[0].Counts.RepeatPairs, report.Lists[0].Counts.EvaluatedPairs);
    }

    /// <summary>A configuration that is the same as the recipe makes the same lists, user by user.</summary>
    [Fact]
    public void Another_configuration_is_fitted_on_the_same_cut_and_measured_on_the_same_users()
    {
        var recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null));
        var fast = SomeRecipe.Of(SomeRecipe.Recent());

        var report = Measure(recipe, null, new ComparedRecipe("champion", recipe), new ComparedRecipe("fast", fast));

        var main = report.Lists[0];
        Assert.Equal(["recipe", "popular", "champion", "fast", "als", "recent"], main.Makers.Select(maker => maker.Name));
        Assert.Equal(MakerKind.Compared, main.Makers[2].Kind);
        Assert.Equal(main.Makers[0].At[0].Metrics, main.Makers[2].At[0].Metrics);
        Assert.Equal(main.Makers[5].At[0].Metrics, main.Makers[3].At[0].Metrics);
        Assert.All(
            main.Differences.Where(difference => difference.Baseline == "champion"),
            difference => Assert.Equal(new Interval(0, 0, 0), difference.Difference));
        Assert.Equal(report.Tuned["blend.recent"], report.Tuned["champion.blend.recent"]);
        Assert.Empty(report.NotCompared);
    }

    [Fact]
    public void Another_configuration_is_compared_in_the_buy_again_list_where_it_has_one()
    {
        var recipe = SomeRecipe.Of(SomeRecipe.Als());
        var rule = new AgainRule(TimeSpan.FromDays(60), null);

        var again = Measure(recipe, rule, new ComparedRecipe("with", recipe, rule), new ComparedRecipe("without", recipe)).Lists[1];

        Assert.Equal(["again", "recipe", "popular", "with", "als"], again.Makers.Select(maker => maker.Name));
        Assert.Equal(again.Makers[0].At[0].Metrics, again.Makers[3].At[0].Metrics);
    }

    [Fact]
    public void A_configuration_that_has_nothing_to_learn_from_is_named_and_the_rest_is_measured()
    {
        var recipe = SomeRecipe.Of(SomeRecipe.Als());
        var other = new Recipe(recipe.Options with { Weighing = new WeighingOptions { Events = [new EventWeight("view")] } });

        var report = Measure(recipe, null, new ComparedRecipe("views", other));

        Assert.Equal("views", Assert.Single(report.NotCompared).Name);
        Assert.StartsWith("None of the ", report.NotCompared[0].Reason, StringComparison.Ordinal);
        Assert.Equal(["recipe", "popular", "als"], report.Lists[0].Makers.Select(maker => maker.Name));
    }

    /// <summary>The model of a release is trained on everything: on the days that it has seen it wins without being better.</summary>
    [Fact]
    public void A_model_that_has_seen_the_test_period_is_refused()
    {
        var recipe = SomeRecipe.Of(SomeRecipe.Als());
        var evaluation = Evaluation(recipe, null, new ComparedRecipe("champion", recipe));
        var honest = evaluation.Fit(SomeRecipe.Shop, null, CancellationToken.None);
        var published = recipe.Train(SomeRecipe.Data(recipe), null, CancellationToken.None);
        var planted = honest with { Compared = [honest.Compared[0] with { Trained = published }] };

        var error = Assert.Throws<LeakException>(() => evaluation.Measure(SomeRecipe.Shop, planted, CancellationToken.None));

        Assert.StartsWith("'champion' knows events up to 2026-03-15 ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; expected only events before the test period, which starts at 2026-03-01 ", error.Message, StringComparison.Ordinal);
        Assert.Equal(70, error.ExitCode);
    }

    [Fact]
    public void Data_that_can_be_measured_have_no_obstacle() => Assert.Null(
        Evaluation(SomeRecipe.Of(SomeRecipe.Als()), null).Obstacle(SomeRecipe.Shop));

    [Fact]
    public void Data_younger_than_the_holdout_are_an_obstacle()
    {
        var young = new EventTable().Add("a", "x", 1).Add("b", "x", 2).ToSnapshot();

        string? obstacle = Evaluation(SomeRecipe.Of(SomeRecipe.Als()), null).Obstacle(young);

        Assert.StartsWith("No event is older than the start of the test period, 1969-12-20 ", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void One_test_user_is_an_obstacle()
    {
        var snapshot = new EventTable().Add("a", "x", 0).Add("b", "y", 0).Add("a", "y", 30).ToSnapshot();

        string? obstacle = Evaluation(SomeRecipe.Of(SomeRecipe.Als()), null).Obstacle(snapshot);

        Assert.Equal("1 users have a test item, at least 2 are needed.", obstacle);
    }

    static EvaluationReport Measure(Recipe recipe, AgainRule? again = null, params ComparedRecipe[] compared)
    {
        var evaluation = Evaluation(recipe, again, compared);
        return evaluation.Measure(SomeRecipe.Shop, evaluation.Fit(SomeRecipe.Shop, null, CancellationToken.None), CancellationToken.None);
    }

    static RecipeEvaluation Evaluation(
        Recipe recipe, AgainRule? again, params ComparedRecipe[] compared) => new(recipe, new RecipeEvaluationOptions
    {
        Holdout = new HoldoutRule(TimeSpan.FromDays(14)),
        At = [5, 10],
        Baselines = [new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(SomeRecipe.Weighing))], 1)],
        Again = again,
        Compared = compared,
    });
}
