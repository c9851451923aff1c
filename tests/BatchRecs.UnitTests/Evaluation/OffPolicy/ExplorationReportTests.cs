using BatchRecs.Core.Evaluation.OffPolicy;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking.Exploration;

namespace BatchRecs.UnitTests.Evaluation.OffPolicy;

/// <summary>Draws from a pool of ten items of which everything is known: the blend likes better what is better.</summary>
public class ExplorationReportTests
{
    const int Pool = 10;
    const int Users = 20_000;

    [Fact]
    public void Every_policy_is_worth_what_it_would_have_brought()
    {
        var report = ExplorationReport.Of(Draws(), seed: 1);

        Assert.Equal(["explore", "blend", "uniform"], report.Policies.Select(policy => policy.Target));
        Assert.All(report.Policies, policy => Assert.Null(policy.Refusal));
        AssertHolds(report.Policies[1], Reward(1));
        AssertHolds(report.Policies[2], Enumerable.Range(0, Pool).Average(item => Reward(item / 9.0)));
        Assert.Equal(["ips", "snips", "clippedIps"], report.Policies[2].Estimates.Select(estimate => estimate.Method));
    }

    [Fact]
    public void The_gain_of_the_blend_is_what_a_draw_costs()
    {
        var draws = Draws();

        var report = ExplorationReport.Of(draws, seed: 1);

        double truth = Reward(1) - Enumerable.Range(0, Pool).Sum(item => Probabilities()[item] * Reward(item / 9.0));
        Assert.NotNull(report.Gain);
        Assert.InRange(Math.Abs(report.Gain.Value - truth), 0, 3 * report.Gain.StandardError);
        Assert.Equal(
            report.Policies[1].Estimates.Single(estimate => estimate.Method == "dr").Value - draws.Average(draw => draw.Reward),
            report.Gain.Value,
            12);
    }

    [Fact]
    public void Few_outcomes_are_refused_and_have_no_gain()
    {
        var report = ExplorationReport.Of(Draws()[..500], seed: 1);

        Assert.All(report.Policies, policy => Assert.NotNull(policy.Refusal));
        Assert.Null(report.Gain);
    }

    static void AssertHolds(OffPolicyResult policy, double truth) => Assert.All(
        policy.Estimates.Where(estimate => estimate.Method is "ips" or "snips" or "dr" or "sndr"),
        estimate => Assert.InRange(Math.Abs(estimate.Value - truth), 0, 3 * estimate.StandardError));

    static double Reward(double score) => 0.1 + (0.4 * score);

    static double[] Probabilities()
    {
        double[] q = new double[Pool];
        DrawPolicy.Probabilities([.. Enumerable.Range(0, Pool).Select(item => item / 9.0)], temperature: 0.5, uniform: 0.1, q);
        return q;
    }

    static DrawOutcome[] Draws()
    {
        double[] q = Probabilities();
        return [.. Enumerable.Range(0, Users).Select(user =>
        {
            int item = DrawPolicy.Draw(q, CounterRandom.Uniform(5, user, 0));
            double reward = CounterRandom.Uniform(5, user, 1) < Reward(item / 9.0) ? 1 : 0;
            return new DrawOutcome(user, item, reward, q[item], Pool, item / 9.0, Pool - 1, item == Pool - 1);
        })];
    }
}
