using System.Globalization;

namespace BatchRecs.Store.Extract;

/// <summary>Writes times as literals of a column's type.</summary>
/// <remarks>
/// Local times are bounded with two days of slack, more than any zone is away from UTC; the reader then converts each and decides
/// exactly. Instants and integers are bounded exactly.
/// </remarks>
/// <param name="form">Form of the time column.</param>
/// <param name="unit">Unit of an integer column.</param>
/// <param name="zone">Zone of a local column, for <see cref="At"/>.</param>
sealed class PostgresTimeBounds(ColumnForm form, IntegerTime unit, TimeZoneInfo? zone = null)
{
    const long Slack = 2 * 86_400_000_000;

    /// <summary>Returns a literal that is no later than <paramref name="time"/> (microseconds since 1970-01-01 UTC).</summary>
    public string AtOrBefore(long time) => Literal(form == ColumnForm.Local ? time - Slack : time);

    /// <summary>Returns a literal that is no earlier than <paramref name="time"/> (microseconds since 1970-01-01 UTC).</summary>
    public string AtOrAfter(long time) => Literal(form == ColumnForm.Local ? time + Slack : time);

    /// <summary>Returns the literal of <paramref name="time"/> itself, in local time where the column is.</summary>
    public string At(long time) => form == ColumnForm.Local && zone is not null
        ? Literal(time + (zone.GetUtcOffset(MicrosecondTime.ToDateTimeOffset(time)).Ticks / TimeSpan.TicksPerMicrosecond))
        : Literal(time);

    string Literal(long time) => form switch
    {
        ColumnForm.Instant => $"timestamptz '{Digits(time)}+00'",
        ColumnForm.Local => $"timestamp '{Digits(time)}'",
        _ => MicrosecondTime.FloorDivide(time, (long)unit).ToString(CultureInfo.InvariantCulture),
    };

    static string Digits(long time) =>
        MicrosecondTime.ToDateTimeOffset(time).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
