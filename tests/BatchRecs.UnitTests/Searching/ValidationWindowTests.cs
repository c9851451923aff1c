using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Recipes;
using BatchRecs.UnitTests.Recipes;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Searching;

public sealed class ValidationWindowTests
{
    const int Depth = 5;

    static readonly HoldoutRule Holdout = new(TimeSpan.FromDays(14));

    static readonly Recipe Recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null, 7, 30));

    [Fact]
    public void The_window_ends_where_the_test_period_begins()
    {
        var split = Holdout.Split(SomeRecipe.Shop);

        var window = ValidationWindow.Of(Recipe, split.Training, Depth);

        Assert.True(window.From < split.TestFrom);
        Assert.Equal(split.Training.DataUntil - (14 * SomeEvents.MicrosecondsPerDay), window.From);
    }

    /// <summary>Whatever stands at or after T1, every user's score in the window is the same.</summary>
    [Fact]
    public void What_stands_in_the_test_period_changes_no_score()
    {
        var expected = Scores(SomeRecipe.Shop);

        for (ulong seed = 1; seed <= 3; seed++)
            Assert.Equal(expected, Scores(Scrambled(seed)));
    }

    /// <summary>Shows that the comparison above can fail.</summary>
    [Fact]
    public void What_stands_before_the_test_period_changes_scores() =>
        Assert.NotEqual(Scores(SomeRecipe.Shop), Scores(Scrambled(1, beforeToo: true)));

    [Fact]
    public void The_number_of_threads_changes_no_score()
    {
        var one = new Recipe(Recipe.Options with { Threads = 1 });
        var split = Holdout.Split(SomeRecipe.Shop);
        var window = ValidationWindow.Of(Recipe, split.Training, Depth);

        Assert.Equal(window.Measure(Recipe, default), window.Measure(one, default));
    }

    [Fact]
    public void Too_few_users_tell_no_settings_apart()
    {
        var events = new SomeEvents(2, 2, "buy").Add(0, 0, "buy", 40).Add(1, 1, "buy", 3).Add(0, 1, "buy", 2);

        var error = Assert.Throws<InputDataException>(() => ValidationWindow.Of(Recipe, events.ToSnapshot(), Depth));

        Assert.StartsWith("0 users have an item in the validation window, at least 30 are needed", error.Message, StringComparison.Ordinal);
    }

    static double[] Scores(Snapshot shop) => ValidationWindow.Of(Recipe, Holdout.Split(shop).Training, Depth).Measure(Recipe, default);

    /// <summary>Draws users and items of the test period anew, of all other events too where asked for; the newest moment stays.</summary>
    static Snapshot Scrambled(ulong seed, bool beforeToo = false)
    {
        var events = SomeRecipe.Shop.Interactions;
        long testFrom = Holdout.Split(SomeRecipe.Shop).TestFrom;
        var drawn = new SomeEvents(SomeRecipe.Users, SomeRecipe.Items, "buy");
        for (int row = 0; row < events.Count; row++)
        {
            bool stays = events.Times[row] < testFrom && !beforeToo;
            drawn.AddAt(
                stays ? events.Users[row] : CounterRandom.Index(seed, row, 0, SomeRecipe.Users),
                stays ? events.Items[row] : CounterRandom.Index(seed, row, 1, SomeRecipe.Items),
                "buy",
                events.Times[row],
                events.Values[row]);
        }
        return drawn.ToSnapshot(SomeRecipe.Shop.DataUntil);
    }
}
