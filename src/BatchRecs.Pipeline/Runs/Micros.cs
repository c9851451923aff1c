namespace BatchRecs.Pipeline.Runs;

/// <summary>Times as the data have them: microseconds since 1970-01-01 UTC.</summary>
public static class Micros
{
    /// <summary>Turns a time into microseconds; what is finer is cut off.</summary>
    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Turns microseconds into a time.</summary>
    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
