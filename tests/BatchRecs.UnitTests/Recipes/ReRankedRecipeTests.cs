using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.ReRanking;
using BatchRecs.UnitTests.ReRanking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>Re-rankers and rules as a part of the recipe: the same in what is served and in what is measured.</summary>
public sealed class ReRankedRecipeTests
{
    const int Holdout = 20;

    static readonly Snapshot Shop = SomeRecipe.Shop with
    {
        Catalog = SomeItems.Catalog([.. Enumerable.Range(0, SomeRecipe.Items).Select(item => $"{(char)('a' + (item % 5))}")]),
    };

    static readonly OpenReRanker Same = data => new MmrReRanker(new MmrOptions { Lambda = 1 }, data);
    static readonly OpenReRanker Varied = data => new MmrReRanker(new MmrOptions { Lambda = 0.3 }, data);
    static readonly OpenReRanker Caps = data => new CategoryCaps(new CategoryCapsOptions { AtMost = 3, Depth = 10 }, data);

    [Fact]
    public void A_re_ranker_that_changes_nothing_leaves_every_row_as_it_was()
    {
        var before = Rows(Recipe());

        var after = Rows(Recipe(Same));

        Assert.Equal(before.Items, after.Items);
        Assert.Equal(before.Scores, after.Scores);
        Assert.Equal(before.Sources, after.Sources);
        Assert.Equal(before.Because, after.Because);
    }

    [Fact]
    public void Lists_keep_the_limits_of_the_last_re_ranker()
    {
        var rows = Rows(Recipe(Varied, Caps));

        foreach (var list in Enumerable.Range(0, rows.Count).GroupBy(row => rows.Users[row]))
        {
            int[] categories = [.. list.Select(row => rows.Items[row] % 5)];
            Assert.All(categories.CountBy(category => category), entry => Assert.InRange(entry.Value, 1, 3));
            Assert.DoesNotContain(categories.Zip(categories.Skip(1)), pair => pair.First == pair.Second);
            Assert.Equal(list.Select(row => rows.Scores[row]).OrderDescending(), list.Select(row => rows.Scores[row]));
        }
    }

    /// <summary>An item keeps its source and its reason wherever it goes.</summary>
    [Fact]
    public void Sources_and_reasons_go_with_the_items()
    {
        var before = Rows(Recipe(), count: 30);
        var known = Enumerable.Range(0, before.Count).ToDictionary(
            row => (before.Users[row], before.Items[row]), row => (before.Sources[row], before.Because[row], before.Reasons[row]));

        var after = Rows(Recipe(Varied), count: 10);

        Assert.NotEqual(before.Items[..10], after.Items[..10]);
        for (int row = 0; row < after.Count; row++)
            Assert.Equal(
                known[(after.Users[row], after.Items[row])], (after.Sources[row], after.Because[row], after.Reasons[row]));
    }

    [Fact]
    public void A_pinned_row_says_so_and_is_never_an_item_that_the_user_has_seen()
    {
        var seen = Shop.Interactions.Users.Zip(Shop.Interactions.Items).ToHashSet();

        var rows = Rows(Recipe() with { Rules = [new Rule { Action = RuleAction.Pin, Items = ["7"], Value = 1 }] });

        for (int row = 0; row < rows.Count; row++)
        {
            Assert.Equal(rows.Ranks[row] == 1 && !seen.Contains((rows.Users[row], 7)), rows.Items[row] == 7);
            Assert.Equal(rows.Items[row] == 7, rows.Sources[row] == "pin");
        }
        Assert.Contains("pin", rows.Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void The_number_of_threads_changes_no_row_and_no_figure(int threads)
    {
        var (expected, figures) = Made(Recipe(Varied, Caps));

        var (found, again) = Made(Recipe(Varied, Caps) with { Threads = threads });

        Assert.Equal(expected.Items, found.Items);
        Assert.Equal(expected.Scores, found.Scores);
        Assert.Equal(figures, again);
        Assert.True(figures!.Diversity > figures.DiversityBefore);
    }

    [Fact]
    public void What_is_measured_is_re_ranked_and_baselines_are_not()
    {
        var plain = Measure(Recipe());

        var found = Measure(Recipe(Varied) with { Rules = [new Rule { Action = RuleAction.Bury, Category = "a", Value = 0 }] });

        Assert.Equal(plain.Select(maker => maker.Name), found.Select(maker => maker.Name));
        Assert.NotEqual(Ndcg(plain[0]), Ndcg(found[0]));
        Assert.Equal(plain.Skip(1).Select(Ndcg), found.Skip(1).Select(Ndcg));
    }

    /// <summary>Histories, popularity, factors and categories are those before T1, whatever people took later.</summary>
    [Fact]
    public void What_stands_in_the_test_period_changes_no_re_ranked_list()
    {
        OpenReRanker[] all =
        [
            Varied,
            data => new NoveltyBoost(new NoveltyOptions { Lambda = 0.5 }, data),
            data => new CalibrationReRanker(new CalibrationOptions(), data),
            data => new XquadReRanker(new XquadOptions(), data),
            data => new DppReRanker(new DppOptions(), data),
        ];
        foreach (var reRanker in all)
            Assert.Equal(ListsAtTheCut(Shop, reRanker), ListsAtTheCut(Scrambled(), reRanker));
    }

    /// <summary>A rule that asks the warehouse could know the test days, so a measurement goes without it.</summary>
    [Fact]
    public void Rules_with_a_segment_are_served_and_not_measured()
    {
        var options = Recipe() with { Rules = [new Rule { Action = RuleAction.Bury, Category = "a", Value = 0, Segment = "club" }] };
        var asked = new RuleData { Rows = [], SegmentNames = ["club"], Members = [[.. Enumerable.Range(0, SomeRecipe.Users)]] };

        Assert.Equal(Measure(Recipe()).Select(Ndcg), Measure(options).Select(Ndcg));
        Assert.Equal(Rows(Recipe()).Items, Rows(options).Items);
        Assert.NotEqual(Rows(Recipe()).Items, Made(options, asked: asked).Rows.Items);
    }

    static int[] ListsAtTheCut(Snapshot shop, OpenReRanker reRanker)
    {
        var recipe = new Recipe(Recipe(reRanker));
        var evaluation = new RecipeEvaluation(
            recipe, new RecipeEvaluationOptions { Holdout = new HoldoutRule(TimeSpan.FromDays(Holdout)), At = [10], Baselines = [] });
        var fit = evaluation.Fit(shop, null, CancellationToken.None);
        int[] users = [.. Enumerable.Range(0, fit.Data.Snapshot.Users.Count)];
        return recipe.Open(fit.Recipe, fit.Data).TopOfAll(users, Exclusions.None(users.Length), 10, CancellationToken.None).Items;
    }

    /// <summary>Gives every event of the test period another item.</summary>
    static Snapshot Scrambled()
    {
        var events = Shop.Interactions;
        long testFrom = Shop.DataUntil - (Holdout * SomeEvents.MicrosecondsPerDay);
        int[] items = [.. events.Items.Select((item, n) => events.Times[n] < testFrom ? item : ((item * 7) + 3) % SomeRecipe.Items)];
        return Shop with
        {
            Interactions = Interactions.Sort(events.Users, items, events.Types, events.Values, events.Times, Shop.Users.Count),
        };
    }

    static double Ndcg(MakerEvaluation maker) => maker.At[0].Metrics[RankingMetric.Ndcg].Estimate;

    static IReadOnlyList<MakerEvaluation> Measure(RecipeOptions options)
    {
        var evaluation = new RecipeEvaluation(new Recipe(options), new RecipeEvaluationOptions
        {
            Holdout = new HoldoutRule(TimeSpan.FromDays(Holdout)),
            At = [10],
            Baselines = [SomeRecipe.Recent() with { Name = "baseline" }],
        });
        return evaluation.Measure(Shop, evaluation.Fit(Shop, null, CancellationToken.None), CancellationToken.None).Lists[0].Makers;
    }

    static RecipeOptions Recipe(params OpenReRanker[] reRankers) =>
        SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent()).Options with { ReRankers = reRankers };

    static RecommendationBatch Rows(RecipeOptions options, int count = 10) => Made(options, count).Rows;

    static (RecommendationBatch Rows, OrderFigures? Order) Made(RecipeOptions options, int count = 10, RuleData? asked = null)
    {
        var recipe = new Recipe(options);
        var data = SomeRecipe.Data(recipe);
        data = data with { Snapshot = data.Snapshot with { Catalog = Shop.Catalog } };
        var lists = new MainLists(
            recipe.Open(recipe.Train(data, null, CancellationToken.None), data, asked),
            SeenItems.Build(data.Snapshot, options.Seen),
            count,
            reasonDepth: count,
            options.Threads);
        return (lists.Build([.. Enumerable.Range(0, SomeRecipe.Users)], CancellationToken.None), lists.Order);
    }
}
