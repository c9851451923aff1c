using System.Globalization;
using BatchRecs.Core.Weighing;

namespace BatchRecs.UnitTests.Weighing;

public sealed class DayBucketsTests
{
    static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-01-10T22:59:59Z", "2026-01-10")]
    [InlineData("2026-01-10T23:00:00Z", "2026-01-11")]
    [InlineData("2026-07-10T21:59:59Z", "2026-07-10")]
    [InlineData("2026-07-10T22:00:00Z", "2026-07-11")]
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29")]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("1965-01-10T23:00:00Z", "1965-01-11")]
    public void A_time_belongs_to_its_local_day_also_when_the_clocks_change(string time, string day)
    {
        var days = new DayBuckets(Berlin, Microseconds("1960-01-01T00:00:00Z"), Microseconds("2026-12-31T00:00:00Z"));

        long expected = DateOnly.Parse(day, CultureInfo.InvariantCulture).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        Assert.Equal(expected, days.Of(Microseconds(time)));
    }

    static long Microseconds(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000;
}
