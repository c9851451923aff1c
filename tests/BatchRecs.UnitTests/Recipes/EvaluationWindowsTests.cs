using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>The main list is measured on older test periods too, everything fitted anew before each.</summary>
public sealed class EvaluationWindowsTests
{
    [Fact]
    public void Older_test_periods_are_fitted_anew_each_right_before_the_one_after_it()
    {
        var shop = SomeRecipe.Shop;
        var recipe = SomeRecipe.Of(SomeRecipe.Als());
        const long Holdout = 14 * 86_400_000_000;

        var windows = Roll(shop, recipe, 3);

        Assert.Equal(3, windows.Count);
        Assert.Equal(windows[0].TestFrom - Holdout, windows[1].TestFrom);
        Assert.Equal(windows[1].TestFrom - Holdout, windows[2].TestFrom);
        Assert.True(windows[1].TestUntil < windows[0].TestFrom);
        // The second window is what an evaluation would have said two weeks ago.
        var past = shop.Before(windows[0].TestFrom);
        var then = new RecipeEvaluation(recipe, SomeRecipe.Measuring() with
        {
            Holdout = new HoldoutRule(TimeSpan.FromMicroseconds(past.DataUntil - windows[1].TestFrom)),
        });
        var main = then.Measure(past, then.Fit(past, null, CancellationToken.None), CancellationToken.None).Lists[0];
        Assert.Equal(main.Counts.EvaluatedUsers, windows[1].Users);
        Assert.Equal(main.Makers.Select(maker => maker.At[0].Metrics[RankingMetric.Ndcg]), windows[1].Makers.Select(maker => maker.Ndcg));
    }

    [Fact]
    public void The_windows_end_where_the_data_do()
    {
        var windows = Roll(SomeRecipe.Shop, SomeRecipe.Of(SomeRecipe.Als()), 9);

        Assert.Equal(8, windows.Count);
        Assert.StartsWith("No event is older than the start of the test period, ", windows[^1].Obstacle, StringComparison.Ordinal);
        Assert.All(windows.SkipLast(1), window => Assert.Null(window.Obstacle));
    }

    static IReadOnlyList<WindowEvaluation> Roll(Snapshot snapshot, Recipe recipe, int windows)
    {
        var evaluation = new RecipeEvaluation(recipe, SomeRecipe.Measuring() with { Windows = windows });
        var report = evaluation.Measure(snapshot, evaluation.Fit(snapshot, null, CancellationToken.None), CancellationToken.None);
        return evaluation.Roll(snapshot, report, null, CancellationToken.None).Windows;
    }
}
