using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Guarding;

public sealed class ReleaseGuardTests
{
    static readonly ReleaseFigures Good = new()
    {
        Users = 4300,
        CommonLength = 100,
        FullLength = 100,
        Depth = 10,
        Coverage = 0.334,
        NonFiniteScores = 0,
    };

    static readonly GuardLimits Limits = new() { MinUsers = 1000, MinCoverage = 0.1, NoWorseThan = ["popular"] };

    [Fact]
    public void A_release_within_all_limits_passes_and_says_what_was_found()
    {
        var verdict = ReleaseGuard.Check(Good, Evaluation(high: 0.02), Limits);

        Assert.True(verdict.Passed);
        Assert.Empty(verdict.Broken);
        Assert.Equal(
            [
                "4300 users have a list, the limit is 1000.",
                "95 % of the lists have at least 100 items, the limit is 10.",
                "33.4 % of the items appear in the first 10 ranks of some list, the limit is 10 %.",
                "0 rows have a score that is not a finite number, the limit is 0.",
                "NDCG@10 differs from 'popular' by +0.0100 (95 % interval +0.0050 to +0.0200); its upper bound must not be below 0.",
            ],
            verdict.Rules.Select(rule => rule.Message));
    }

    [Fact]
    public void Too_few_users_refuse()
    {
        var rule = OnlyBroken(Good with { Users = 999 }, Evaluation(0.02), Limits);

        Assert.Equal(
            new GuardRule(
                "minUsers",
                999,
                1000,
                false,
                "999 users have a list, the limit is 1000. "
                + "Check that the sources delivered all events and that users.active is long enough, or lower guard.minUsers."),
            rule);
    }

    [Fact]
    public void Short_lists_refuse()
    {
        var rule = OnlyBroken(Good with { CommonLength = 9 }, Evaluation(0.02), Limits);

        Assert.Equal(("minListLength", 9.0, 10.0), (rule.Name, rule.Figure, rule.Limit));
        Assert.Equal(
            "95 % of the lists have at least 9 items, the limit is 10. "
            + "Raise precompute.candidates, let fewer items count as seen or excluded, or lower guard.minListLength.",
            rule.Message);
    }

    [Fact]
    public void Where_a_full_list_is_shorter_than_the_limit_a_full_list_is_enough()
    {
        var verdict = ReleaseGuard.Check(Good with { CommonLength = 5, FullLength = 5 }, Evaluation(0.02), Limits);

        Assert.True(verdict.Passed);
    }

    [Fact]
    public void Low_coverage_refuses()
    {
        var rule = OnlyBroken(Good with { Coverage = 0.0999 }, Evaluation(0.02), Limits);

        Assert.Equal(("minCoverage", 0.0999, 0.1), (rule.Name, rule.Figure, rule.Limit));
        Assert.Equal(
            "9.99 % of the items appear in the first 10 ranks of some list, the limit is 10 %. "
            + "Give personal scorers more weight in the blend, or lower guard.minCoverage.",
            rule.Message);
    }

    [Fact]
    public void A_single_score_that_is_not_finite_refuses()
    {
        var rule = OnlyBroken(Good with { NonFiniteScores = 1 }, Evaluation(0.02), Limits);

        Assert.Equal("finiteScores", rule.Name);
        Assert.StartsWith("1 rows have a score that is not a finite number, the limit is 0. ", rule.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_are_surely_worse_than_a_baseline_refuse()
    {
        var rule = OnlyBroken(Good, Evaluation(high: -0.0001), Limits);

        Assert.Equal(("noWorseThan.popular", -0.0001, 0.0), (rule.Name, rule.Figure, rule.Limit));
        Assert.Equal(
            "NDCG@10 differs from 'popular' by +0.0100 (95 % interval +0.0050 to -0.0001); its upper bound must not be below 0. "
            + "Let the blend be tuned (blend.NAME: tuned), give 'popular' more weight in it, or take it out of guard.noWorseThan.",
            rule.Message);
    }

    [Fact]
    public void Only_ndcg_at_the_primary_length_of_the_main_list_decides()
    {
        var evaluation = Evaluation(high: 0);
        var main = evaluation.Lists[0];
        var worse = new Interval(-0.3, -0.4, -0.2);
        evaluation = evaluation with
        {
            Lists =
            [
                main with
                {
                    Differences =
                    [
                        .. main.Differences,
                        new PairedDifference("popular", 20, RankingMetric.Ndcg, worse, null),
                        new PairedDifference("popular", 10, RankingMetric.Recall, worse, null),
                    ],
                },
                main with
                {
                    List = EvaluationReport.AgainList,
                    Differences = [new PairedDifference("popular", 10, RankingMetric.Ndcg, worse, null)],
                },
            ],
        };

        Assert.True(ReleaseGuard.Check(Good, evaluation, Limits).Passed);
    }

    [Fact]
    public void An_unknown_baseline_is_a_configuration_error_that_lists_the_known()
    {
        var error = Assert.Throws<ConfigurationException>(() =>
            ReleaseGuard.Check(Good, Evaluation(0.02), Limits with { NoWorseThan = ["popular", "poplar"] }));

        Assert.Equal(
            "guard.noWorseThan names 'poplar', which was not evaluated; known baselines: popular, recent. Name one of them.",
            error.Message);
    }

    [Fact]
    public void Without_an_evaluation_a_named_baseline_refuses()
    {
        var rule = OnlyBroken(Good, null, Limits);

        Assert.Equal("noWorseThan.popular", rule.Name);
        Assert.Null(rule.Figure);
        Assert.Equal(
            "Whether the lists are worse than 'popular' is unknown: there is no evaluation of this job. Run it once with an evaluation "
            + "(evaluate.when: nightly, enough events in evaluate.holdout), or empty guard.noWorseThan.",
            rule.Message);
    }

    [Fact]
    public void Without_an_evaluation_and_without_a_named_baseline_the_rule_passes()
    {
        var verdict = ReleaseGuard.Check(Good, null, Limits with { NoWorseThan = [] });

        Assert.True(verdict.Passed);
        Assert.Equal("guard.noWorseThan names no baseline: nothing is compared.", verdict.Rules[^1].Message);
    }

    [Fact]
    public void All_reasons_are_given_at_once()
    {
        var bad = Good with { Users = 0, CommonLength = 0, Coverage = 0, NonFiniteScores = 7 };

        var verdict = ReleaseGuard.Check(bad, Evaluation(-0.1), Limits);

        Assert.False(verdict.Passed);
        Assert.Equal(
            ["minUsers", "minListLength", "minCoverage", "finiteScores", "noWorseThan.popular"], verdict.Broken.Select(rule => rule.Name));
    }

    static GuardRule OnlyBroken(ReleaseFigures figures, EvaluationReport? evaluation, GuardLimits limits)
    {
        var verdict = ReleaseGuard.Check(figures, evaluation, limits);
        Assert.False(verdict.Passed);
        return Assert.Single(verdict.Broken);
    }

    /// <summary>Makes an evaluation at 10 and 20 ranks in which the difference from <c>popular</c> has this upper bound.</summary>
    static EvaluationReport Evaluation(double high)
    {
        var measured = Evaluator.Evaluate(
            EvaluationReport.MainList,
            Lists.Truth([1], [2]),
            [new MakerLists("blend", Lists.Block([1], [2]))],
            [10, 20],
            new CataloguePopularity([1, 1, 1], userCount: 2),
            seed: 1,
            CancellationToken.None);
        return new EvaluationReport
        {
            TestFrom = 0,
            TestUntil = 1,
            Tuned = new Dictionary<string, double>(),
            Lists =
            [
                measured with
                {
                    Differences =
                    [
                        new PairedDifference("popular", 10, RankingMetric.Ndcg, new Interval(0.01, 0.005, high), null),
                        new PairedDifference("recent", 10, RankingMetric.Ndcg, new Interval(0.01, 0.005, 0.02), null),
                    ],
                },
            ],
        };
    }
}
