using System.Globalization;
using BatchRecs.Store.Extract;

namespace BatchRecs.UnitTests.Extract;

public sealed class LocalClockTests
{
    [Theory]
    // Clocks go forward at 02:00: the hour never happens and is shifted by its length.
    [InlineData("Europe/Berlin", "2024-03-31 01:59:59", "2024-03-31 00:59:59")]
    [InlineData("Europe/Berlin", "2024-03-31 02:30:00", "2024-03-31 01:30:00")]
    [InlineData("Europe/Berlin", "2024-03-31 03:00:00", "2024-03-31 01:00:00")]
    // Clocks go back at 03:00: the hour happens twice and is taken for the first time.
    [InlineData("Europe/Berlin", "2024-10-27 01:59:59", "2024-10-26 23:59:59")]
    [InlineData("Europe/Berlin", "2024-10-27 02:30:00", "2024-10-27 00:30:00")]
    [InlineData("Europe/Berlin", "2024-10-27 03:00:00", "2024-10-27 02:00:00")]
    [InlineData("Europe/Berlin", "2024-07-01 12:00:00", "2024-07-01 10:00:00")]
    [InlineData("America/New_York", "2024-11-03 01:30:00", "2024-11-03 05:30:00")]
    [InlineData("Australia/Lord_Howe", "2024-04-07 01:45:00", "2024-04-06 14:45:00")]
    [InlineData("Asia/Kathmandu", "2024-01-01 00:00:00", "2023-12-31 18:15:00")]
    [InlineData("UTC", "2024-03-31 02:30:00", "2024-03-31 02:30:00")]
    public void Local_times_become_utc(string zone, string local, string utc)
    {
        var clock = new LocalClock(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var found = MicrosecondTime.ToDateTimeOffset(clock.ToUtc(Micros(local)));

        Assert.Equal(utc, found.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_minute_of_a_year_agrees_with_the_zone_itself()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");
        var clock = new LocalClock(zone);
        for (var local = new DateTime(2018, 1, 1); local.Year == 2018; local = local.AddMinutes(7))
        {
            if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local))
                continue;
            long expected = (TimeZoneInfo.ConvertTimeToUtc(local, zone).Ticks - DateTime.UnixEpoch.Ticks) / 10;

            Assert.Equal(expected, clock.ToUtc((local.Ticks - DateTime.UnixEpoch.Ticks) / 10));
        }
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(253_402_300_799_999_999)]
    [InlineData(-62_135_596_800_000_000)]
    public void Times_at_and_beyond_the_ends_of_the_calendar_stay_as_they_are(long local) =>
        Assert.Equal(local, new LocalClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToUtc(local));

    static long Micros(string text) => (DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks - DateTime.UnixEpoch.Ticks) / 10;
}
