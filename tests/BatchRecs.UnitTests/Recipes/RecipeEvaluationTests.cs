using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Ranking.Exploration;
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

    /// <summary>What is measured is what is served, with what is drawn for the first place.</summary>
    [Fact]
    public void Drawn_items_are_measured_and_their_cost_is_seen_beside_the_lists_without()
    {
        var exploration = SomeExploration.Options with { Ranks = [1], Temperature = 100 };
        var recipe = new Recipe(SomeRecipe.Of(SomeRecipe.Als()).Options with
        {
            Allocation = new AllocationOptions([], Count: 10, Active: TimeSpan.FromDays(365), exploration),
        });

        var main = Measure(recipe).Lists[0];

        Assert.Equal(["recipe", "unallocated", "popular", "als"], main.Makers.Select(maker => maker.Name));
        Assert.Equal(main.Makers[3].At[0].Metrics, main.Makers[1].At[0].Metrics);
        Assert.True(main.Makers[0].At[0].Metrics[RankingMetric.Ndcg].Estimate < main.Makers[1].At[0].Metrics[RankingMetric.Ndcg].Estimate);
    }

    [Fact]
    public void Data_that_can_be_measured_have_no_obstacle() => Assert.Null(
        Evaluation(SomeRecipe.Of(SomeRecipe.Als())).Obstacle(SomeRecipe.Shop));

    [Fact]
    public void Data_younger_than_the_holdout_are_an_obstacle()
    {
        var young = new EventTable().Add("a", "x", 1).Add("b", "x", 2).ToSnapshot();

        string? obstacle = Evaluation(SomeRecipe.Of(SomeRecipe.Als())).Obstacle(young);

        Assert.StartsWith("No event is older than the start of the test period, 1969-12-20 ", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void One_test_user_is_an_obstacle()
    {
        var snapshot = new EventTable().Add("a", "x", 0).Add("b", "y", 0).Add("a", "y", 30).ToSnapshot();

        string? obstacle = Evaluation(SomeRecipe.Of(SomeRecipe.Als())).Obstacle(snapshot);

        Assert.Equal("1 users have a test item, at least 2 are needed.", obstacle);
    }

    static EvaluationReport Measure(Recipe recipe, AgainRule? again = null)
    {
        var evaluation = Evaluation(recipe, again);
        return evaluation.Measure(SomeRecipe.Shop, evaluation.Fit(SomeRecipe.Shop, null, CancellationToken.None), CancellationToken.None);
    }

    static RecipeEvaluation Evaluation(Recipe recipe, AgainRule? again = null) => new(recipe, new RecipeEvaluationOptions
    {
        Holdout = new HoldoutRule(TimeSpan.FromDays(14)),
        At = [5, 10],
        Baselines = [new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(SomeRecipe.Weighing))], 1)],
        Again = again,
    });
}
