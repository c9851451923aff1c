using System.Text;
using BatchRecs.Store.Extract;

namespace BatchRecs.UnitTests.Extract;

public sealed class Iso8601Tests
{
    [Theory]
    [InlineData("1970-01-01", 0, false)]
    [InlineData("1970-01-02T00:00", 86_400_000_000, false)]
    [InlineData("1970-01-01 00:00:01", 1_000_000, false)]
    [InlineData("1970-01-01T00:00:01Z", 1_000_000, true)]
    [InlineData("1970-01-01T00:00:00.5Z", 500_000, true)]
    [InlineData("1970-01-01T00:00:00,123456789Z", 123_456, true)]
    [InlineData("1970-01-01T02:00:00+02:00", 0, true)]
    [InlineData("1970-01-01T02:00:00+02", 0, true)]
    [InlineData("1969-12-31T19:00:00-0500", 0, true)]
    [InlineData("2024-02-29T12:34:56.000001Z", 1_709_210_096_000_001, true)]
    [InlineData("0001-01-01", -62_135_596_800_000_000, false)]
    public void A_time_is_read_in_every_form_that_databases_write(string text, long expected, bool expectedZone)
    {
        Assert.True(Iso8601.TryParse(Encoding.UTF8.GetBytes(text), out long time, out bool hasZone));
        Assert.Equal((expected, expectedZone), (time, hasZone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("24-01-01")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T23:60:00Z")]
    [InlineData("2024-01-01T23:00:60Z")]
    [InlineData("2024-01-01T23:00:00.Z")]
    [InlineData("2024-01-01T")]
    [InlineData("2024-01-01Z")]
    [InlineData("2024-01-01T12:00:00Zulu")]
    [InlineData("2024-01-01T12:00:00+2")]
    [InlineData("2024-01-01T12:00:00+19:00")]
    [InlineData("2024-01-01T12:00:00+02:75")]
    [InlineData(" 2024-01-01")]
    [InlineData("2024-01-01 ")]
    [InlineData("01/02/2024")]
    [InlineData("2024-١-01")]
    public void Anything_else_is_no_time(string text) => Assert.False(Iso8601.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
}
