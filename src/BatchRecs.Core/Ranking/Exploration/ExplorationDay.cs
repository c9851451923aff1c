using BatchRecs.Core.Data;

namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>The day that draws belong to: that of the newest event, so the same data give the same draws at any time.</summary>
static class ExplorationDay
{
    const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>Returns the day in UTC, counted from 1970-01-01.</summary>
    public static long Of(Snapshot snapshot) => snapshot.DataUntil / MicrosecondsPerDay;
}
