using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>The finished rows of the main list.</summary>
public sealed class MainListsTests
{
    static readonly int[] AllUsers = [.. Enumerable.Range(0, SomeRecipe.Users)];

    [Fact]
    public void Ranks_count_from_one_and_scores_never_rise()
    {
        var rows = Rows(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent()));

        foreach (var list in Enumerable.Range(0, rows.Count).GroupBy(row => rows.Users[row]))
        {
            Assert.Equal(Enumerable.Range(1, 10), list.Select(row => rows.Ranks[row]));
            Assert.Equal(list.Select(row => rows.Scores[row]).OrderDescending(), list.Select(row => rows.Scores[row]));
            Assert.Equal(10, list.Select(row => rows.Items[row]).Distinct().Count());
        }
        Assert.Equal(AllUsers, rows.Users.Distinct());
    }

    [Fact]
    public void Nothing_that_was_seen_is_recommended()
    {
        var seen = SomeRecipe.Shop.Interactions.Users.Zip(SomeRecipe.Shop.Interactions.Items).ToHashSet();

        var rows = Rows(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent()));

        Assert.DoesNotContain(rows.Users.Zip(rows.Items), seen.Contains);
    }

    [Fact]
    public void A_reason_is_an_item_of_the_own_history_and_is_worked_out_for_the_first_ranks_only()
    {
        var seen = SomeRecipe.Shop.Interactions.Users.Zip(SomeRecipe.Shop.Interactions.Items).ToHashSet();

        var rows = Rows(SomeRecipe.Of(SomeRecipe.Als()), reasons: 3);

        for (int row = 0; row < rows.Count; row++)
        {
            bool explained = rows.Because[row] >= 0;
            Assert.Equal(rows.Ranks[row] <= 3, explained);
            Assert.Equal(explained ? "because_item" : null, rows.Reasons[row]);
            Assert.True(!explained || seen.Contains((rows.Users[row], rows.Because[row])));
        }
    }

    [Fact]
    public void What_everybody_gets_has_a_reason_without_an_item()
    {
        var rows = Rows(SomeRecipe.Of(SomeRecipe.Recent()));

        Assert.Equal(["recent"], rows.Sources.Distinct());
        Assert.Equal(["popular_now"], rows.Reasons.Distinct());
        Assert.Equal([-1], rows.Because.Distinct());
    }

    [Fact]
    public void A_scorer_of_weight_zero_changes_no_row()
    {
        var alone = Rows(SomeRecipe.Of(SomeRecipe.Als()));
        var beside = Rows(SomeRecipe.Of(SomeRecipe.Recent(0), SomeRecipe.Als()));

        Assert.Equal(alone.Items, beside.Items);
        Assert.Equal(alone.Scores, beside.Scores);
        Assert.Equal(alone.Sources, beside.Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void The_number_of_threads_changes_no_row(int threads)
    {
        var expected = Rows(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null, 1, 7, 30)));
        var recipe = new Recipe(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent(null, 1, 7, 30)).Options with { Threads = threads });

        var found = Rows(recipe);

        Assert.Equal(expected.Items, found.Items);
        Assert.Equal(expected.Scores, found.Scores);
        Assert.Equal(expected.Because, found.Because);
    }

    [Fact]
    public void A_block_of_users_gives_the_rows_that_they_have_among_all()
    {
        var recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent());
        var all = Rows(recipe);

        var some = Rows(recipe, users: [5, 70, 119]);

        int[] rows = [.. Enumerable.Range(0, all.Count).Where(row => all.Users[row] is 5 or 70 or 119)];
        Assert.Equal(rows.Select(row => (all.Users[row], all.Items[row], all.Scores[row])), Enumerable.Range(0, some.Count)
            .Select(row => (some.Users[row], some.Items[row], some.Scores[row])));
    }

    static RecommendationBatch Rows(Recipe recipe, int reasons = 5, int[]? users = null)
    {
        var data = SomeRecipe.Data(recipe);
        var trained = recipe.Train(data, null, CancellationToken.None);
        var lists = new MainLists(
            recipe.Open(trained, data), SeenItems.Build(data.Snapshot, recipe.Options.Seen), count: 10, reasons, recipe.Options.Threads);
        return lists.Build(users ?? AllUsers, CancellationToken.None);
    }
}
