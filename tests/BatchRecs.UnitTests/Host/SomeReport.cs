using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Recipes;

namespace BatchRecs.UnitTests.Host;

/// <summary>The report of a small shop in which everything is measured that can be, with names that hold markup.</summary>
static class SomeReport
{
    /// <summary>A name that would run as a script if it were not encoded.</summary>
    public const string Script = "<script>alert('1')</script>";

    /// <summary>Gets the report.</summary>
    public static EvaluationReport Full { get; } = Measure();

    static EvaluationReport Measure()
    {
        var shop = SomeRecipe.Shop;
        var recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null));
        var evaluation = new RecipeEvaluation(recipe, new RecipeEvaluationOptions
        {
            Holdout = new HoldoutRule(TimeSpan.FromDays(14)),
            At = [5, 10],
            Baselines = [new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(SomeRecipe.Weighing))], 1)],
            Again = new AgainRule(TimeSpan.FromDays(60), null),
            Repeats = true,
            Windows = 9,
            Compared = [new ComparedRecipe(Script, SomeRecipe.Of(SomeRecipe.Als()))],
        })
        {
            Segments = new UserSegments(["<b>north</b>", "south"], [.. Enumerable.Range(0, shop.Users.Count).Select(user => user % 2)]),
        };
        var report = evaluation.Measure(shop, evaluation.Fit(shop, null, CancellationToken.None), CancellationToken.None);
        return evaluation.Roll(shop, report, null, CancellationToken.None) with
        {
            NotCompared = [new NotCompared("champion", "events.<i>click</i> is not read.")],
        };
    }
}
