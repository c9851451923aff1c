using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Guarding;

public sealed class ChampionGuardTests
{
    [Fact]
    public void A_challenger_that_is_no_worse_passes_and_every_figure_is_named()
    {
        var rules = Check(new Interval(0.001, -0.02, 0.022));

        Assert.All(rules, rule => Assert.True(rule.Passed));
        Assert.Equal(
            [
                "champion.ndcg", "champion.recall", "champion.coverage", "champion.gini", "champion.popularity", "champion.newItems",
                "champion.churn",
            ],
            rules.Select(rule => rule.Name));
        Assert.Equal(
            "no worse: NDCG@10 +0.1 % against the definition of the current release (95 % interval -2 % to +2.2 %, 2 users).",
            rules[0].Message);
        Assert.Equal(
            "The lists differ from those of the current release's definition by 0.25 (mean Jaccard distance), the limit is 0.6.",
            rules[6].Message);
    }

    [Fact]
    public void A_challenger_that_is_worse_is_refused_with_what_to_do()
    {
        var rule = Check(new Interval(-0.1, -0.12, -0.08))[0];

        Assert.Equal(("champion.ndcg", -0.1, -0.01, false), (rule.Name, rule.Figure, rule.Limit, rule.Passed));
        Assert.Equal(
            "worse: NDCG@10 -10 % against the definition of the current release (95 % interval -12 % to -8 %, 2 users). "
            + "Take the change back: the current release goes on being served. If it is to be so, run with --override; "
            + "a significant loss has no limit to raise.",
            rule.Message);
    }

    [Fact]
    public void A_large_loss_that_is_not_significant_is_refused_by_a_limit_that_can_be_raised()
    {
        var rule = Check(new Interval(-0.1, -0.22, 0.02))[0];

        Assert.Equal((-0.1, -0.05, false), (rule.Figure, rule.Limit, rule.Passed));
        Assert.EndsWith(" run with --override, or raise guard.champion.maxNdcgDrop.", rule.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Where_too_few_users_tell_nothing_the_policy_decides(bool holds, bool passed)
    {
        var rule = Check(new Interval(0, -0.1, 0.1), new ChampionLimits { HoldsInconclusive = holds })[0];

        Assert.Equal(passed, rule.Passed);
        Assert.StartsWith("inconclusive, needs about 8 users: NDCG@10 0 % ", rule.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0.94, false)]
    public void Coverage_may_fall_by_a_twentieth(double share, bool passed) =>
        Assert.Equal(passed, Rule("coverage", figures => figures with { Coverage = share * figures.Coverage }).Passed);

    [Theory]
    [InlineData(1.05, true)]
    [InlineData(1.06, false)]
    public void Gini_and_popularity_may_rise_by_a_twentieth(double share, bool passed)
    {
        Assert.Equal(passed, Rule("gini", figures => figures with { Gini = share * figures.Gini }).Passed);
        Assert.Equal(passed, Rule("popularity", figures => figures with { AveragePopularity = share * figures.AveragePopularity }).Passed);
    }

    [Fact]
    public void New_items_must_have_the_share_that_is_asked_for()
    {
        var rule = Check(new Interval(0, 0, 0), new ChampionLimits { MinNewItems = 0.2 }).Single(rule => rule.Name == "champion.newItems");

        Assert.Equal((0.125, 0.2, false), (rule.Figure, rule.Limit, rule.Passed));
    }

    [Fact]
    public void Lists_that_change_too_much_are_refused()
    {
        var rule = Check(new Interval(0, 0, 0), new ChampionLimits { MaxChurn = 0.2 })[^1];

        Assert.Equal((0.25, 0.2, false), (rule.Figure, rule.Limit, rule.Passed));
    }

    [Fact]
    public void Churn_is_one_minus_the_overlap_of_the_two_lists_over_all_their_items()
    {
        var mine = new MakerLists("recipe", Lists.Block([1, 2], [3, 4], []));
        var theirs = new MakerLists("champion", Lists.Block([2, 1], [3, 5], []));

        var contrast = ListContrast.Of(mine, theirs, at: 2, isNew: [false, false, false, false, true, false]);

        // Lists of the same items in another order do not differ; of {3, 4} and {3, 5} a third is common; empty lists say nothing.
        Assert.Equal(1.0 / 3, contrast.Churn, 1e-12);
        Assert.Equal(new ListContrast("champion", 2, contrast.Churn, 1.0 / 4, 0), contrast);
    }

    static GuardRule Rule(string name, Func<ListFigures, ListFigures> change)
    {
        var list = Evaluation(new Interval(0, 0, 0));
        var mine = list.Makers[0].At[0];
        var changed = list with
        {
            Makers = [list.Makers[0] with { At = [mine with { Lists = change(mine.Lists) }] }, .. list.Makers.Skip(1)],
        };
        return new ChampionGuard(changed, "champion", new ChampionLimits()).Check().Single(rule => rule.Name == $"champion.{name}");
    }

    static IReadOnlyList<GuardRule> Check(Interval relative, ChampionLimits? limits = null) =>
        new ChampionGuard(Evaluation(relative), "champion", limits ?? new ChampionLimits()).Check();

    /// <summary>
    /// Makes an evaluation of two makers with the same lists, whose metrics differ by what a test is about. Its two users stand for many:
    /// how wide the intervals are depends on those who were measured alone.
    /// </summary>
    static ListEvaluation Evaluation(Interval relative)
    {
        var lists = Lists.Block([1], [2]);
        var measured = Evaluator.Evaluate(
            EvaluationReport.MainList,
            Lists.Truth([1], [2]),
            [new MakerLists("recipe", lists, MakerKind.Measured), new MakerLists("champion", lists, MakerKind.Compared)],
            [10],
            new CataloguePopularity([1, 1, 1], userCount: 2),
            seed: 1,
            CancellationToken.None);
        return measured with
        {
            Counts = measured.Counts with { EvaluatedUsers = 300_000 },
            Differences = [.. measured.Differences.Select(difference => difference with { Relative = relative })],
            Contrasts = [new ListContrast("champion", 10, Churn: 0.25, NewItems: 0.125, NewItemsOfMaker: 0.5)],
        };
    }
}
