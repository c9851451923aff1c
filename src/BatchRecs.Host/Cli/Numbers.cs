using System.Globalization;

namespace BatchRecs.Host.Cli;

/// <summary>How figures are written for people; the same on every machine.</summary>
static class Numbers
{
    /// <summary>Below this a rate tells more of the machine's mood than of the work.</summary>
    static readonly TimeSpan ShortestRated = TimeSpan.FromSeconds(0.05);

    /// <summary>A count with thousands separators: <c>396,337</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A duration in the unit that fits: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 05 s</c>, <c>2 h 07 min</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration.TotalSeconds < 9.95)
            return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
        var rounded = TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds));
        return rounded.TotalSeconds switch
        {
            < 60 => $"{rounded.Seconds} s",
            < 3600 => $"{rounded.Minutes} min {rounded.Seconds:00} s",
            _ => $"{(int)rounded.TotalHours} h {rounded.Minutes:00} min",
        };
    }

    /// <summary>A count and what it counts: <c>396,337 events</c>, <c>1 release</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="unit">What, in the plural.</param>
    public static string Quantity(long count, string unit) => $"{Count(count)} {(count == 1 ? unit.TrimEnd('s') : unit)}";

    /// <summary>How many a second; null where nothing was counted or the time is too short to tell anything.</summary>
    /// <param name="count">How many.</param>
    /// <param name="elapsed">In what time.</param>
    public static double? RateOf(long count, TimeSpan elapsed) =>
        count > 0 && elapsed >= ShortestRated ? Math.Round(count / elapsed.TotalSeconds, 1) : null;

    /// <summary>A rate per second with three figures: <c>0.42/s</c>, <c>331,000/s</c>; empty for none.</summary>
    public static string Rate(double? rate)
    {
        double perSecond = rate ?? 0;
        if (!double.IsFinite(perSecond) || perSecond <= 0)
            return "";
        if (perSecond < 100)
            return string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.##}/s");
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(perSecond)) - 2));
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(perSecond / unit) * unit:N0}/s");
    }

    /// <summary>A size in the unit that fits: <c>812 KB</c>, <c>1.4 GB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>A measure between 0 and 1 with four decimals: <c>0.0722</c>.</summary>
    public static string Measure(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A share in percent: <c>12.3 %</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    /// <summary>A score with five significant figures: <c>0.78311</c>.</summary>
    public static string Score(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A point in time in UTC: <c>2011-12-09 12:50:00 UTC</c>; empty for none.</summary>
    public static string Time(DateTimeOffset? time) => time is { } t
        ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : "";
}
