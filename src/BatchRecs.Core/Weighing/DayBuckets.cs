namespace BatchRecs.Core.Weighing;

/// <summary>Tells the local day of a time, at the cost of an array access.</summary>
sealed class DayBuckets
{
    const long MicrosecondsPerDay = 86_400_000_000;

    readonly TimeZoneInfo _zone;
    readonly long _firstDay;
    readonly long[] _offsets;

    /// <summary>Prepares the days from <paramref name="from"/> to <paramref name="until"/>.</summary>
    /// <param name="zone">Time zone whose days are meant.</param>
    /// <param name="from">Earliest time to be asked for, microseconds since 1970-01-01 UTC.</param>
    /// <param name="until">Latest time to be asked for.</param>
    public DayBuckets(TimeZoneInfo zone, long from, long until)
    {
        _zone = zone;
        _firstDay = DayOf(from);
        _offsets = new long[DayOf(until) - _firstDay + 1];
        long next = OffsetAt(_firstDay * MicrosecondsPerDay);
        for (int day = 0; day < _offsets.Length; day++)
        {
            long offset = next;
            next = OffsetAt((_firstDay + day + 1) * MicrosecondsPerDay);
            // On the few days on which the clocks change every time is looked up by itself.
            _offsets[day] = offset == next ? offset : long.MinValue;
        }
    }

    /// <summary>Returns the number of the local day of a time: equal numbers mean the same day.</summary>
    /// <param name="time">Microseconds since 1970-01-01 UTC, within the prepared days.</param>
    public long Of(long time)
    {
        long offset = _offsets[DayOf(time) - _firstDay];
        return DayOf(time + (offset == long.MinValue ? OffsetAt(time) : offset));
    }

    static long DayOf(long time)
    {
        (long day, long rest) = Math.DivRem(time, MicrosecondsPerDay);
        return rest < 0 ? day - 1 : day;
    }

    long OffsetAt(long time) =>
        _zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMicrosecond)).Ticks / TimeSpan.TicksPerMicrosecond;
}
