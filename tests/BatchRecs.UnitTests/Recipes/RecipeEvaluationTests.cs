using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Ranking.Exploration;

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
        Assert.Contains("events before the test period, which starts at 2026-03-01 ", error.Message, StringComparison.Ordinal);
        Assert.Equal(70, error.ExitCode);
    }

    [Fact]
    public void Active_and_rare_users_and_known_and_unknown_items_are_measured_apart()
    {
        var main = Measure(SomeRecipe.Of(SomeRecipe.Als())).Lists[0];

        Assert.Equal([BucketTable.Activity, BucketTable.Popularity], main.Buckets.Select(table => table.By));
        Assert.Equal(main.Counts.EvaluatedUsers, main.Buckets[0].Buckets.Sum(bucket => bucket.Users));
        Assert.Equal(main.Counts.EvaluatedPairs, main.Buckets[0].Buckets.Sum(bucket => bucket.Pairs));
        Assert.Equal(main.Counts.EvaluatedPairs, main.Buckets[1].Buckets.Sum(bucket => bucket.Pairs));
        Assert.Equal(["recipe", "popular", "als"], main.Buckets[0].Gaps.Select(gap => gap.Maker));
        Assert.All(main.Makers[0].At, at => Assert.Equal("factors", at.Quality!.Similarity));
    }

    [Fact]
    public void Segments_and_categories_of_the_whole_snapshot_are_matched_with_the_training_part()
    {
        var shop = SomeRecipe.Shop with
        {
            Catalog = new ItemCatalog
            {
                Titles = new string?[SomeRecipe.Items],
                CategoryNames = ["even", "odd"],
                CategoryRowPtr = [.. Enumerable.Range(0, SomeRecipe.Items + 1)],
                CategoryIndex = [.. Enumerable.Range(0, SomeRecipe.Items).Select(item => item % 2)],
            },
        };
        var evaluation = new RecipeEvaluation(SomeRecipe.Of(SomeRecipe.Als()), SomeRecipe.Measuring())
        {
            Segments = new UserSegments(["even", "odd"], [.. Enumerable.Range(0, shop.Users.Count).Select(user => user % 2)]),
        };

        var main = evaluation.Measure(shop, evaluation.Fit(shop, null, CancellationToken.None), CancellationToken.None).Lists[0];

        Assert.Equal(["even", "odd"], main.Buckets[2].Buckets.Select(bucket => bucket.Name));
        Assert.Equal(main.Counts.EvaluatedUsers, main.Buckets[2].Buckets.Sum(bucket => bucket.Users));
        var quality = main.Makers.Select(maker => maker.At[1].Quality!).ToList();
        Assert.All(quality, figures => Assert.Equal("categories", figures.Similarity));
        // People take nine of ten items out of one category: personal lists follow, popular ones mix both.
        Assert.True(quality[0].Miscalibration < quality[1].Miscalibration, $"{quality[0]} {quality[1]}");
        Assert.True(quality[0].Diversity < quality[1].Diversity, $"{quality[0]} {quality[1]}");
    }

    [Fact]
    public void Users_without_events_are_measured_with_the_popular_list_that_they_get()
    {
        var report = Measure(NewcomersIn(SomeRecipe.Shop), SomeRecipe.Of(SomeRecipe.Als()), SomeRecipe.Measuring());

        var cold = report.ColdUsers!;
        Assert.Equal(["popular-list", "popular"], cold.Makers.Select(maker => maker.Name));
        Assert.Equal((3, 4, 3), (cold.Counts.EvaluatedUsers, cold.Counts.EvaluatedPairs, cold.Counts.ColdUsers));
        Assert.Equal((1, 1), (cold.Counts.ColdItems, cold.Counts.ColdItemPairs));
        Assert.Null(Measure(SomeRecipe.Of(SomeRecipe.Als())).ColdUsers);
    }

    [Fact]
    public void What_a_user_had_before_counts_too_where_it_is_asked_for()
    {
        var report = Measure(SomeRecipe.Shop, SomeRecipe.Of(SomeRecipe.Als()), SomeRecipe.Measuring() with { Repeats = true });

        Assert.Equal(["main", "repeats"], report.Lists.Select(list => list.List));
        var repeats = report.Lists[1];
        Assert.Equal(["recipe", "repeats-allowed", "popular"], repeats.Makers.Select(maker => maker.Name));
        Assert.Equal(repeats.Counts.KnownPairs, repeats.Counts.EvaluatedPairs);
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

    /// <summary>Adds three users who come in the test period; one of them takes two known items, one a new item too.</summary>
    static Snapshot NewcomersIn(Snapshot shop)
    {
        var events = new SnapshotBuilder(["buy"]);
        events.Users.Declare(IdKind.Text, "test");
        events.Items.Declare(IdKind.Text, "test");
        var old = shop.Interactions;
        for (int row = 0; row < old.Count; row++)
            Add(shop.Users.ToText(old.Users[row]), shop.Items.ToText(old.Items[row]), old.Times[row]);
        long late = shop.DataUntil - 1;
        string known = shop.Items.ToText(0), other = shop.Items.ToText(1);
        Add("new1", known, late);
        Add("new1", other, late);
        Add("new2", other, late);
        Add("new3", known, late);
        Add("new3", "never seen", late);
        return events.Build();

        void Add(string user, string item, long time) => events.Add(events.Users.Add(user), events.Items.Add(item), 0, float.NaN, time);
    }

    static EvaluationReport Measure(Snapshot snapshot, Recipe recipe, RecipeEvaluationOptions options)
    {
        var evaluation = new RecipeEvaluation(recipe, options);
        return evaluation.Measure(snapshot, evaluation.Fit(snapshot, null, CancellationToken.None), CancellationToken.None);
    }

    static EvaluationReport Measure(Recipe recipe, AgainRule? again = null, params ComparedRecipe[] compared) =>
        Measure(SomeRecipe.Shop, recipe, SomeRecipe.Measuring(again, compared));

    static RecipeEvaluation Evaluation(Recipe recipe, AgainRule? again, params ComparedRecipe[] compared) =>
        new(recipe, SomeRecipe.Measuring(again, compared));
}
