using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;

namespace BatchRecs.UnitTests.Guarding;

public sealed class GateTests
{
    [Theory]
    [InlineData(-0.02, -0.035, -0.005, GateOutcome.Refused)] // surely worse, by more than 1 %
    [InlineData(-0.009, -0.013, -0.005, GateOutcome.NoWorse)] // surely worse, by less than matters
    [InlineData(-0.051, -0.2, 0.1, GateOutcome.Refused)] // not sure, but too much
    [InlineData(0.03, 0.001, 0.059, GateOutcome.Better)]
    [InlineData(0.03, -0.001, 0.061, GateOutcome.NoWorse)]
    [InlineData(0, -0.049, 0.049, GateOutcome.NoWorse)]
    [InlineData(0, -0.05, 0.05, GateOutcome.Inconclusive)]
    [InlineData(-0.03, -0.08, 0.02, GateOutcome.Inconclusive)]
    [InlineData(0, 0, 0, GateOutcome.NoWorse)] // the same lists
    public void Estimate_and_interval_decide(double estimate, double low, double high, GateOutcome expected)
    {
        var decision = Assert.Single(Gate.Decide([(RankingMetric.Ndcg, new Interval(estimate, low, high))], 1_000, maxDrop: 0.05));

        Assert.Equal(expected, decision.Outcome);
        Assert.Equal(expected == GateOutcome.Inconclusive, decision.NeededUsers is not null);
    }

    /// <summary>±8 % on 1,000 users; to rule a loss of 5 % out at ±0 needs ±5 %: 1,000 · (8 / 5)².</summary>
    [Fact]
    public void The_users_that_are_missing_follow_from_the_width_of_the_interval()
    {
        var decision = Assert.Single(Gate.Decide([(RankingMetric.Ndcg, new Interval(0, -0.08, 0.08))], 1_000, maxDrop: 0.05));

        Assert.Equal(2_560, decision.NeededUsers);
    }

    /// <summary>At −3 % either side is near: ±3 % would leave 0 out, ±2 % would leave −5 % out. The first comes first.</summary>
    [Fact]
    public void Where_a_loss_is_near_the_nearer_decision_is_waited_for()
    {
        var decision = Assert.Single(Gate.Decide([(RankingMetric.Ndcg, new Interval(-0.03, -0.09, 0.03))], 1_000, maxDrop: 0.05));

        Assert.Equal(4_000, decision.NeededUsers);
    }

    [Fact]
    public void Where_the_champion_has_no_hits_nothing_can_be_told()
    {
        var decision = Assert.Single(Gate.Decide([(RankingMetric.Ndcg, null)], 1_000, maxDrop: 0.05));

        Assert.Equal(new GateDecision(RankingMetric.Ndcg, GateOutcome.Inconclusive, null, false, null), decision);
    }

    [Fact]
    public void A_loss_of_another_metric_than_ndcg_refuses_only_where_it_is_significant()
    {
        var decision = Assert.Single(Gate.Decide([(RankingMetric.Recall, new Interval(-0.06, -0.13, 0.01))], 1_000, maxDrop: 0.05));

        Assert.Equal(GateOutcome.Inconclusive, decision.Outcome);
    }

    /// <summary>p = 0.04 each: alone it would do, of two metrics the smallest must be below 0.025.</summary>
    [Fact]
    public void Two_metrics_need_stronger_evidence_than_one()
    {
        var barely = new Interval(0.1, 0.1 - (0.1 * 1.96 / 2.054), 0.2);

        var one = Gate.Decide([(RankingMetric.Ndcg, barely)], 1_000, 0.05);
        var two = Gate.Decide([(RankingMetric.Ndcg, barely), (RankingMetric.Recall, barely)], 1_000, 0.05);

        Assert.Equal(GateOutcome.Better, one[0].Outcome);
        Assert.All(two, decision => Assert.Equal(GateOutcome.NoWorse, decision.Outcome));
    }

    /// <summary>Holm: once the smallest p-value holds, the next is held against 5 % again.</summary>
    [Fact]
    public void A_clear_difference_of_one_metric_leaves_the_other_its_full_level()
    {
        var barely = new Interval(0.1, 0.1 - (0.1 * 1.96 / 2.054), 0.2);
        var clearly = new Interval(0.1, 0.08, 0.12);

        var both = Gate.Decide([(RankingMetric.Ndcg, barely), (RankingMetric.Recall, clearly)], 1_000, 0.05);

        Assert.All(both, decision => Assert.Equal(GateOutcome.Better, decision.Outcome));
    }
}
