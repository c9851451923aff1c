using System.Globalization;

namespace BatchRecs.Store.Extract;

/// <summary>Conversions of microseconds since 1970-01-01.</summary>
static class MicrosecondTime
{
    const long Least = -62_135_596_800_000_000;
    const long Greatest = 253_402_300_799_999_999;

    /// <summary>Tells whether a time lies in the years 1 to 9999.</summary>
    public static bool IsInCalendar(long time) => time is >= Least and <= Greatest;

    /// <summary>Converts to the framework's type; times beyond the years 1 to 9999 become the ends of that range.</summary>
    public static DateTimeOffset ToDateTimeOffset(long time) =>
        DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(time, Least, Greatest) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Writes a time for a message: <c>2013-09-01T12:34:56Z</c>.</summary>
    public static string ToText(long time) =>
        ToDateTimeOffset(time).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Divides and rounds down, below zero too.</summary>
    public static long FloorDivide(long number, long divisor) =>
        number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor);

    /// <summary>Multiplies; a product that does not fit becomes the nearest that does.</summary>
    public static long SaturatingMultiply(long number, long factor)
    {
        Int128 product = (Int128)number * factor;
        return (long)Int128.Clamp(product, long.MinValue, long.MaxValue);
    }
}
