using BatchRecs.Core.Allocating;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>A recipe whose lists are made, changed together, and then served.</summary>
public sealed class AllocatedListsTests
{
    static readonly int[] AllUsers = [.. Enumerable.Range(0, SomeRecipe.Users)];

    static readonly NamedAllocator NoCaps = new("exposure", new ExposureCaps(new ExposureOptions { MaxShare = 1, Depth = 5 }));

    static readonly NamedAllocator Coverage = new(
        "coverage", new CoverageAllocator(new CoverageOptions { Share = 1, MinUsers = 4, Depth = 3 }));

    [Fact]
    public void Allocators_that_change_nothing_leave_the_rows_of_a_recipe_without_any()
    {
        var expected = Rows(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent()), out _);

        var found = Rows(With(NoCaps), out var steps);

        Assert.Equal(["exposure"], steps.Select(step => step.Allocator));
        Assert.Equal(expected.Users, found.Users);
        Assert.Equal(expected.Items, found.Items);
        Assert.Equal(expected.Scores, found.Scores);
        Assert.Equal(expected.Sources, found.Sources);
        Assert.Equal(expected.Because, found.Because);
    }

    [Fact]
    public void Rows_that_an_allocator_put_in_say_so_and_have_a_reason_out_of_the_own_history()
    {
        var seen = SomeRecipe.Shop.Interactions.Users.Zip(SomeRecipe.Shop.Interactions.Items).ToHashSet();

        var rows = Rows(With(Coverage), out var steps);

        int[] placed = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Sources[row] == "coverage")];
        Assert.Equal(placed.Length, steps[0].Outcome.Figures["places"]);
        Assert.Null(steps[0].Outcome.Shortfall);
        Assert.NotEmpty(placed);
        Assert.All(placed, row => Assert.Equal((3, true), (rows.Ranks[row], seen.Contains((rows.Users[row], rows.Because[row])))));
        Assert.DoesNotContain(rows.Users.Zip(rows.Items), seen.Contains);
        Assert.All(
            Enumerable.Range(0, SomeRecipe.Items),
            item => Assert.InRange(Enumerable.Range(0, rows.Count).Count(row => rows.Ranks[row] <= 3 && rows.Items[row] == item), 4, 120));
    }

    [Fact]
    public void What_is_measured_is_what_the_allocators_leave_beside_what_they_were_given()
    {
        var main = Measure(With(Coverage));
        var without = Measure(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent()));

        Assert.Equal(["recipe", "unallocated", "popular", "als", "recent"], main.Makers.Select(maker => maker.Name));
        Assert.Equal(without.Makers[0].At[0].Metrics, main.Makers[1].At[0].Metrics);
        Assert.True(main.Makers[0].At[0].Lists.Coverage > main.Makers[1].At[0].Lists.Coverage);
    }

    static Recipe With(NamedAllocator allocator) => new(SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent()).Options with
    {
        Allocation = new AllocationOptions([allocator], Count: 10, TimeSpan.FromDays(365)),
    });

    static RecommendationBatch Rows(Recipe recipe, out IReadOnlyList<AllocationStep> steps)
    {
        var data = SomeRecipe.Data(recipe);
        var lists = recipe.Open(recipe.Train(data, null, CancellationToken.None), data);
        var exclusions = SeenItems.Build(data.Snapshot, recipe.Options.Seen);
        var main = new MainLists(lists, exclusions, count: 10, reasonDepth: 5, recipe.Options.Threads);
        steps = [];
        if (recipe.Options.Allocation is null)
            return main.Build(AllUsers, CancellationToken.None);
        var allocated = new AllocatedLists(recipe.Options, lists, data.Snapshot, exclusions);
        var all = allocated.Gather(AllUsers, CancellationToken.None);
        steps = allocated.Allocate(all, CancellationToken.None);
        return main.Rows(all, 0, AllUsers.Length, CancellationToken.None);
    }

    static ListEvaluation Measure(Recipe recipe)
    {
        var evaluation = new RecipeEvaluation(recipe, new RecipeEvaluationOptions
        {
            Holdout = new HoldoutRule(TimeSpan.FromDays(14)),
            At = [3],
            Baselines = [new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(SomeRecipe.Weighing))], 1)],
        });
        var fit = evaluation.Fit(SomeRecipe.Shop, null, CancellationToken.None);
        return evaluation.Measure(SomeRecipe.Shop, fit, CancellationToken.None).Lists[0];
    }
}
