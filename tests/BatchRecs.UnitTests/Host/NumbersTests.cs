using BatchRecs.Host.Cli;

namespace BatchRecs.UnitTests.Host;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.9, "9.9 s")]
    [InlineData(9.97, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.7, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(7620, "2 h 07 min")]
    public void Durations_are_written_in_the_unit_that_fits(double seconds, string expected) =>
        Assert.Equal(expected, Numbers.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "")]
    [InlineData(double.PositiveInfinity, "")]
    [InlineData(0.4166, "0.42/s")]
    [InlineData(99.5, "99.5/s")]
    [InlineData(3213, "3,210/s")]
    [InlineData(330_712, "331,000/s")]
    public void Rates_have_three_figures(double rate, string expected) => Assert.Equal(expected, Numbers.Rate(rate));

    [Theory]
    [InlineData(12, 0.049, null)]
    [InlineData(0, 2.0, null)]
    [InlineData(12, 0.05, 240.0)]
    public void Only_what_took_a_twentieth_of_a_second_has_a_rate(long count, double seconds, double? expected) =>
        Assert.Equal(expected, Numbers.RateOf(count, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 releases")]
    [InlineData(1, "1 release")]
    [InlineData(1_200, "1,200 releases")]
    public void One_thing_is_singular(long count, string expected) => Assert.Equal(expected, Numbers.Quantity(count, "releases"));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(812_400, "812 KB")]
    [InlineData(45_000_000, "45 MB")]
    [InlineData(1_430_000_000, "1.4 GB")]
    public void Sizes_are_written_in_the_unit_that_fits(long bytes, string expected) => Assert.Equal(expected, Numbers.Bytes(bytes));
}
