using BatchRecs.Core.Evaluation.OffPolicy;

namespace BatchRecs.UnitTests.Evaluation.OffPolicy;

public class OffPolicyEstimatorsTests
{
    const int Replications = 500;
    const int RowsPerReplication = 400;

    static readonly LoggedBandit Bandit = new(seed: 7);
    static readonly LoggedSample[] Replicated = Replicate(modelError: 0);

    /// <summary>Three outcomes of three users: w = 2, 1, 0.5 and r = 1, 0, 1.</summary>
    static readonly LoggedSample Three = new()
    {
        Users = [0, 1, 2],
        Rewards = [1, 0, 1],
        Weights = [2, 1, 0.5],
        Predictions = new RewardPredictions([0.5, 0.2, 0.4], [0.6, 0.3, 0.3]),
    };

    public static TheoryData<string> Unbiased => ["ips", "dr"];

    [Fact]
    public void Every_estimate_of_three_outcomes_is_what_its_formula_says()
    {
        var estimates = OffPolicyEstimators.All(Three).ToDictionary(estimate => estimate.Method, estimate => estimate.Value);

        // Σ w r = 2.5 and Σ w = 3.5; Σ q r̂ = 1.2; w (r − r̂) = 1, −0.2, 0.3.
        Assert.Equal(2.5 / 3, estimates["ips"], 12);
        Assert.Equal(2.5 / 3.5, estimates["snips"], 12);
        Assert.Equal(0.4, estimates["dm"], 12);
        Assert.Equal((1.2 + 1.1) / 3, estimates["dr"], 12);
        Assert.Equal(0.4 + (1.1 / 3.5), estimates["sndr"], 12);
    }

    [Fact]
    public void Tamed_weights_are_what_their_formulas_say()
    {
        Assert.Equal(5, ImportanceWeights.Clipped(8, 5));
        Assert.Equal(3, ImportanceWeights.Clipped(3, double.PositiveInfinity));
        Assert.Equal(80.0 / 74, ImportanceWeights.Shrunk(8, 10), 12);
        Assert.Equal(8, ImportanceWeights.Shrunk(8, double.PositiveInfinity));
        Assert.Equal(8 / 1.7, ImportanceWeights.SubGaussian(8, 0.1), 12);
        Assert.Equal(8, ImportanceWeights.SubGaussian(8, 0));
    }

    [Fact]
    public void The_error_of_the_mean_of_one_row_per_user_is_the_textbook_one()
    {
        // w r = 2, 0, 0.5 with mean 5/6: sample variance 13/12.
        Assert.Equal(Math.Sqrt(13.0 / 12 / 3), OffPolicyEstimators.Ips(Three).StandardError, 12);
    }

    [Fact]
    public void Rows_of_one_user_count_as_one_observation()
    {
        var once = OffPolicyEstimators.Ips(Three);
        var thrice = OffPolicyEstimators.Ips(Repeated(Three, 3));

        Assert.Equal(once.Value, thrice.Value, 12);
        Assert.Equal(once.StandardError, thrice.StandardError, 12);
    }

    [Theory]
    [MemberData(nameof(Unbiased))]
    public void Ips_and_dr_are_unbiased(string method)
    {
        double[] values = Values(Replicated, method);

        Assert.InRange(Math.Abs(values.Average() - Bandit.TrueValue), 0, 3 * Error(values));
    }

    [Fact]
    public void Dr_is_unbiased_with_a_wrong_model_where_the_model_alone_is_not()
    {
        var wrong = Replicate(modelError: 0.3);

        double[] robust = Values(wrong, "dr"), direct = Values(wrong, "dm");

        Assert.InRange(Math.Abs(robust.Average() - Bandit.TrueValue), 0, 3 * Error(robust));
        Assert.Equal(0.3, direct.Average() - Bandit.TrueValue, 2);
    }

    [Fact]
    public void Dr_varies_less_than_ips_where_the_model_is_right() =>
        Assert.True(Error(Values(Replicated, "dr")) < Error(Values(Replicated, "ips")));

    [Fact]
    public void Reported_errors_are_those_that_replications_show()
    {
        foreach (string method in (string[])["ips", "snips", "dr", "sndr"])
        {
            double shown = Error(Values(Replicated, method)) * Math.Sqrt(Replications);
            double reported = Replicated.Average(log => Find(log, method).StandardError);

            Assert.InRange(reported / shown, 0.9, 1.1);
        }
    }

    [Fact]
    public void Ninety_five_of_a_hundred_intervals_hold_the_truth()
    {
        int holding = Replicated.Count(log =>
            Find(log, "dr").Interval is var interval && interval.Low <= Bandit.TrueValue && Bandit.TrueValue <= interval.High);

        // Binomial: 475 ± 3 · 4.9.
        Assert.InRange(holding, 460, 490);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Snips_does_not_notice_the_scale_of_the_logged_probabilities(double scale)
    {
        var log = Replicated[0];
        var scaled = log with { Weights = [.. log.Weights.Select(weight => weight / scale)] };

        Assert.Equal(Find(log, "snips").Value, Find(scaled, "snips").Value, 12);
        Assert.Equal(Find(log, "snips").StandardError, Find(scaled, "snips").StandardError, 12);
    }

    [Fact]
    public void With_equal_propensities_every_weighted_estimate_is_the_plain_mean()
    {
        var log = Replicated[0];
        var equal = log with { Weights = [.. log.Weights.Select(_ => 1.0)], Predictions = null };

        Assert.All(OffPolicyEstimators.All(equal), estimate => Assert.Equal(log.Rewards.Average(), estimate.Value, 12));
    }

    [Fact]
    public void Tamed_estimates_err_no_more_than_untamed_ones()
    {
        Assert.True(SquaredError("clippedIps") <= 1.02 * SquaredError("ips"));
        Assert.True(SquaredError("dros") <= 1.02 * SquaredError("dr"));
        Assert.True(SquaredError("subGaussianDr") <= 1.02 * SquaredError("dr"));
    }

    [Fact]
    public void A_difference_of_estimates_knows_that_both_saw_the_same_rows()
    {
        var log = Replicated[0];
        var robust = Find(log, "dr");

        Assert.Equal(0, robust.Minus(robust, log.Users).StandardError);
    }

    static double SquaredError(string method) =>
        Values(Replicated, method).Average(value => (value - Bandit.TrueValue) * (value - Bandit.TrueValue));

    static LoggedSample[] Replicate(double modelError) =>
        [.. Enumerable.Range(0, Replications).Select(n => Bandit.Draw(RowsPerReplication, 1_000 + (ulong)n, modelError))];

    static double[] Values(IEnumerable<LoggedSample> logs, string method) => [.. logs.Select(log => Find(log, method).Value)];

    static OffPolicyEstimate Find(LoggedSample log, string method) =>
        OffPolicyEstimators.All(log).Single(estimate => estimate.Method == method);

    static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    static LoggedSample Repeated(LoggedSample log, int times) => new()
    {
        Users = [.. Enumerable.Repeat(log.Users, times).SelectMany(column => column)],
        Rewards = [.. Enumerable.Repeat(log.Rewards, times).SelectMany(column => column)],
        Weights = [.. Enumerable.Repeat(log.Weights, times).SelectMany(column => column)],
    };
}
