using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("10s", 10)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43_200)]
    [InlineData("1.5h", 5400)]
    [InlineData("90d", 7_776_000)]
    public void A_duration_is_a_number_and_a_unit(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("90")]
    [InlineData("0d")]
    [InlineData("NaNd")]
    [InlineData("-1d")]
    [InlineData("1 d")]
    [InlineData("1D")]
    [InlineData("1w")]
    [InlineData("1e3d")]
    [InlineData("1d12h")]
    [InlineData("99999999999999d")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(DurationText.TryParse(text, out _));
        Assert.Throws<FormatException>(() => DurationText.Parse(text));
    }

    [Theory]
    [InlineData("24h", "1d")]
    [InlineData("90m", "90m")]
    [InlineData("120s", "2m")]
    [InlineData("36h", "36h")]
    [InlineData("1.5s", "1.5s")]
    public void A_duration_is_written_in_the_largest_unit_that_divides_it(string text, string written) =>
        Assert.Equal(written, DurationText.Format(DurationText.Parse(text)));
}
