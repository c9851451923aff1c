using BatchRecs.Core.Recipes;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>Why data cannot be measured is said before anything is fitted.</summary>
public sealed class EvaluationObstacleTests
{
    static readonly RecipeEvaluation Evaluation = new(SomeRecipe.Of(SomeRecipe.Als()), SomeRecipe.Measuring());

    [Fact]
    public void Data_that_can_be_measured_have_no_obstacle() =>
        Assert.Null(Evaluation.Obstacle(SomeRecipe.Shop));

    [Fact]
    public void Data_younger_than_the_holdout_are_an_obstacle()
    {
        var young = new EventTable().Add("a", "x", 1).Add("b", "x", 2).ToSnapshot();

        string? obstacle = Evaluation.Obstacle(young);

        Assert.StartsWith("No event is older than the start of the test period, 1969-12-20 ", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void One_test_user_is_an_obstacle()
    {
        var snapshot = new EventTable().Add("a", "x", 0).Add("b", "y", 0).Add("a", "y", 30).ToSnapshot();

        string? obstacle = Evaluation.Obstacle(snapshot);

        Assert.Equal("1 users have a test item, at least 2 are needed.", obstacle);
    }
}
