using BatchRecs.Core.Recipes;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Recipes;

public sealed class RecipeTests
{
    [Fact]
    public void Where_nothing_is_tuned_nothing_is_searched()
    {
        var trained = Train(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(0.5)));

        Assert.Null(trained.Tuning);
        Assert.Equal([("als", 1.0), ("recent", 0.5)], trained.Models.Select(model => (model.Name, model.Weight)));
    }

    /// <summary>Taste is planted and nothing is in fashion, so the personal scorer wins the validation window.</summary>
    [Fact]
    public void Tuning_gives_the_scorer_that_knows_the_taste_the_larger_part()
    {
        var trained = Train(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null, 1, 7, 30)));

        Assert.InRange(trained.Models[1].Weight, 0, 0.5);
        Assert.Equal(["als", "recent"], trained.Tuning!.Picks.Select(pick => pick.Name));
        Assert.True(trained.Tuning.Picks[0].NdcgAlone > trained.Tuning.Picks[1].NdcgAlone);
        Assert.True(trained.Tuning.Ndcg >= trained.Tuning.Picks[0].NdcgAlone);
        Assert.InRange(trained.Tuning.Users, 30, SomeRecipe.Users);
    }

    [Fact]
    public void The_variant_that_was_picked_is_the_one_that_is_fitted()
    {
        var trained = Train(SomeRecipe.Of(SomeRecipe.Recent(1, 1, 7, 30)));

        var model = trained.Models.Single();
        Assert.Equal(((double[])[1, 7, 30])[model.Variant], model.State.Figures["half-life-days"]);
        Assert.Equal($"half-life {model.State.Figures["half-life-days"]} d", trained.Tuning!.Picks.Single().Variant);
    }

    /// <summary>Fewer than 30 users in the validation window would make every pick a matter of luck.</summary>
    [Fact]
    public void Too_few_validation_users_leave_the_first_variants_and_equal_weights()
    {
        var table = new EventTable();
        for (int user = 0; user < 20; user++)
            table.Add($"u{user:00}", $"i{user % 5}", 0).Add($"u{user:00}", $"i{(user + 1) % 5}", 20);
        var recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null, 1, 7));
        var snapshot = table.ToSnapshot();

        var trained = recipe.Train(new(snapshot, recipe.Weigh(snapshot)), null, CancellationToken.None);

        Assert.Null(trained.Tuning!.Ndcg);
        Assert.Equal(20, trained.Tuning.Users);
        Assert.Equal([("als", 0, 1.0), ("recent", 0, 1.0)], trained.Models.Select(model => (model.Name, model.Variant, model.Weight)));
    }

    [Fact]
    public void A_shop_younger_than_the_validation_window_is_trained_without_a_search()
    {
        var snapshot = new EventTable().Add("a", "x", 1).Add("b", "x", 2).Add("b", "y", 3).ToSnapshot();
        var recipe = SomeRecipe.Of(SomeRecipe.Recent(1, 1, 7));

        var trained = recipe.Train(new(snapshot, recipe.Weigh(snapshot)), null, CancellationToken.None);

        Assert.Equal((0, (double?)null), (trained.Tuning!.Users, trained.Tuning.Ndcg));
    }

    [Fact]
    public void An_event_is_positive_if_its_type_is_learnt_from_and_its_value_reaches_the_minimum()
    {
        var recipe = new Recipe(SomeRecipe.Of(SomeRecipe.Als()).Options with
        {
            Weighing = new WeighingOptions
            {
                Events = [new EventWeight("rate") { MinValue = 4 }, new EventWeight("hide") { Weight = 0 }, new EventWeight("view")],
            },
        });
        var snapshot = new EventTable()
            .Add("a", "1", 0, "rate", 3).Add("a", "2", 0, "rate", 4).Add("a", "3", 0, "rate")
            .Add("a", "4", 0, "hide").Add("a", "5", 0, "view").Add("a", "6", 0, "other").ToSnapshot();

        Assert.Equal([false, true, false, false, true, false], recipe.Positives(snapshot));
    }

    [Fact]
    public void Cancelling_ends_training()
    {
        var recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null));

        Assert.ThrowsAny<OperationCanceledException>(
            () => recipe.Train(SomeRecipe.Data(recipe), null, new CancellationToken(canceled: true)));
    }

    static TrainedRecipe Train(Recipe recipe) => recipe.Train(SomeRecipe.Data(recipe), null, CancellationToken.None);
}
