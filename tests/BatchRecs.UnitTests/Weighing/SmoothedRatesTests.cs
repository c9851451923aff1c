using BatchRecs.Core.Weighing;

namespace BatchRecs.UnitTests.Weighing;

public sealed class SmoothedRatesTests
{
    [Fact]
    public void The_prior_has_the_mean_and_the_spread_of_the_rates()
    {
        // Rates 0.1 and 0.3: mean 0.2, variance 0.01, so a + b = 0.16 / 0.01 − 1 = 15.
        var prior = SmoothedRates.Fit([10, 30, 0], [100, 100, 0]);

        Assert.Equal(3, prior.A, 1e-9);
        Assert.Equal(12, prior.B, 1e-9);
    }

    [Theory]
    [InlineData(new long[] { 0, 100 }, 10.0)]
    [InlineData(new long[] { 50, 50 }, 10_000.0)]
    public void The_strength_of_the_prior_is_bounded(long[] successes, double strength)
    {
        var prior = SmoothedRates.Fit(successes, [100, 100]);

        Assert.Equal(strength, prior.A + prior.B, 1e-6);
        Assert.Equal(prior.A, prior.B, 1e-6);
    }

    [Fact]
    public void An_item_that_was_never_shown_has_the_rate_of_its_group() =>
        Assert.Equal(0.2, SmoothedRates.Fit([10, 30], [100, 100]).Mean(0, 0), 1e-9);

    /// <summary>Beta(1, 1): the quantile of an item that was never shown is the level itself, of one success in one its root.</summary>
    [Fact]
    public void The_quantile_is_that_of_the_posterior()
    {
        var uniform = new RatePrior(1, 1);

        Assert.Equal(0.1, uniform.Quantile(0, 0, 0.1), 1e-6);
        Assert.Equal(Math.Sqrt(0.1), uniform.Quantile(1, 1, 0.1), 1e-6);
        Assert.Equal(1 - Math.Sqrt(0.9), uniform.Quantile(0, 1, 0.1), 1e-6);
    }

    [Fact]
    public void One_lucky_item_does_not_lead_and_each_category_has_a_prior_of_its_own()
    {
        double[] rates = SmoothedRates.Careful([1, 300, 50, 50, 50, 50, 9], [1, 1000, 1000, 1000, 1000, 1000, 1000], [0, 0, 0, 0, 0, 0, 1]);

        Assert.True(rates[1] > rates[0]);
        Assert.True(rates[0] > rates[2]);
        // Alone in its category: about nine of a thousand, less 1.28 standard deviations of 0.0009.
        Assert.InRange(rates[6], 0.0075, 0.0082);
    }

    [Fact]
    public void Items_that_were_never_shown_have_rates_all_the_same() =>
        Assert.All(SmoothedRates.Careful([0, 0], [0, 0], [0, 1]), rate => Assert.InRange(rate, 0.4, 0.6));
}
