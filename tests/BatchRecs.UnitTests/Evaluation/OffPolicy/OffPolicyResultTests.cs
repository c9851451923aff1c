using BatchRecs.Core.Evaluation.OffPolicy;

namespace BatchRecs.UnitTests.Evaluation.OffPolicy;

public class OffPolicyResultTests
{
    [Fact]
    public void Sound_logs_give_every_estimate()
    {
        var result = OffPolicyResult.Of("target", new LoggedBandit(7).Draw(5_000, seed: 1));

        Assert.Null(result.Refusal);
        Assert.Equal(
            ["ips", "snips", "clippedIps", "dm", "dr", "sndr", "dros", "subGaussianDr"],
            result.Estimates.Select(estimate => estimate.Method));
        Assert.InRange(result.MeanWeight, 1 - (3 * result.MeanWeightError), 1 + (3 * result.MeanWeightError));
    }

    [Fact]
    public void Wrong_propensities_are_refused()
    {
        var log = new LoggedBandit(7).Draw(5_000, seed: 1);

        var result = OffPolicyResult.Of("target", log with { Weights = [.. log.Weights.Select(weight => weight * 1.5)] });

        Assert.Empty(result.Estimates);
        Assert.StartsWith("the weights average 1.", result.Refusal);
        Assert.Contains("expected 1 within 3 errors", result.Refusal);
    }

    [Fact]
    public void Fewer_than_a_thousand_effective_outcomes_are_refused()
    {
        var result = OffPolicyResult.Of("target", Even(999));

        Assert.Equal(
            "the 999 outcomes say as much as 999 equally weighted ones; expected at least 1,000 and 5 % of them. "
            + "Wait for more outcomes, or draw more evenly.",
            result.Refusal);
        Assert.Null(OffPolicyResult.Of("target", Even(1_000)).Refusal);
    }

    [Fact]
    public void A_small_effective_share_is_refused()
    {
        // 1,200 rows carry all the weight of 30,000: 4 %.
        double[] weights = [.. Enumerable.Range(0, 30_000).Select(n => n < 1_200 ? 25.0 : 0)];

        var result = OffPolicyResult.Of("target", Even(30_000) with { Weights = weights });

        Assert.Equal(1_200, result.EffectiveRows, 9);
        Assert.StartsWith("the 30,000 outcomes say as much as 1,200", result.Refusal);
    }

    [Fact]
    public void Nothing_is_said_of_no_outcomes()
    {
        var result = OffPolicyResult.Of("target", Even(0));

        Assert.Equal("there are outcomes of 0 users; at least 2 are needed.", result.Refusal);
    }

    static LoggedSample Even(int rows) => new()
    {
        Users = [.. Enumerable.Range(0, rows)],
        Rewards = [.. Enumerable.Range(0, rows).Select(n => n % 2 == 0 ? 1.0 : 0)],
        Weights = [.. Enumerable.Repeat(1.0, rows)],
    };
}
