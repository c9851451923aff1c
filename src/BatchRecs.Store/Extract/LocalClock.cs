namespace BatchRecs.Store.Extract;

/// <summary>Turns local times of a zone into UTC.</summary>
/// <remarks>
/// A local time that happens twice (clocks go back) is taken for the earlier instant; one that never happens (clocks go forward)
/// is shifted forward by the length of the gap: 02:30 becomes 03:30.
/// </remarks>
/// <param name="zone">The zone.</param>
sealed class LocalClock(TimeZoneInfo zone)
{
    const long Day = 86_400_000_000;
    const long Mixed = long.MinValue;

    // Most days have one offset, and asking the zone costs more than reading a row.
    readonly Dictionary<long, long> _offsetOfDay = [];

    /// <summary>Converts a local time to UTC; both in microseconds since 1970-01-01.</summary>
    public long ToUtc(long local)
    {
        if (!MicrosecondTime.IsInCalendar(local - Day) || !MicrosecondTime.IsInCalendar(local + (2 * Day)))
            return local;
        long day = MicrosecondTime.FloorDivide(local, Day);
        if (!_offsetOfDay.TryGetValue(day, out long offset))
            _offsetOfDay[day] = offset = OffsetOfDay(day);
        return local - (offset == Mixed ? OffsetAt(ToDateTime(local)) : offset);
    }

    long OffsetOfDay(long day)
    {
        DateTime start = ToDateTime(day * Day), end = ToDateTime((day + 1) * Day);
        bool plain = !zone.IsAmbiguousTime(start) && !zone.IsInvalidTime(start) && !zone.IsAmbiguousTime(end) && !zone.IsInvalidTime(end);
        return plain && zone.GetUtcOffset(start) == zone.GetUtcOffset(end) ? Microseconds(zone.GetUtcOffset(start)) : Mixed;
    }

    long OffsetAt(DateTime local)
    {
        if (zone.IsAmbiguousTime(local))
            return Microseconds(zone.GetAmbiguousTimeOffsets(local).Max());
        // Inside a gap the offset before it holds, which moves the time forward by the gap.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(-15);
        return Microseconds(zone.GetUtcOffset(local));
    }

    static DateTime ToDateTime(long local) =>
        DateTime.SpecifyKind(MicrosecondTime.ToDateTimeOffset(local).UtcDateTime, DateTimeKind.Unspecified);

    static long Microseconds(TimeSpan offset) => offset.Ticks / TimeSpan.TicksPerMicrosecond;
}
