using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Finds the regular fire time that a firing belongs to.</summary>
static class Occurrence
{
    /// <summary>Finds the newest time of the schedule that is not after the firing.</summary>
    /// <param name="cron">The schedule.</param>
    /// <param name="firedAt">The firing.</param>
    /// <returns>The regular time; <paramref name="firedAt"/> if the schedule has none before it.</returns>
    /// <remarks>
    /// A repetition fires minutes after the regular time and a missed firing hours after it. Both stand for the regular time:
    /// so the events they count are the same, and what an earlier attempt finished is found again.
    /// </remarks>
    public static DateTimeOffset Of(CronExpression cron, DateTimeOffset firedAt) =>
        cron.IsSatisfiedBy(firedAt)
            ? new DateTimeOffset(firedAt.Ticks - (firedAt.Ticks % TimeSpan.TicksPerSecond), firedAt.Offset)
            : cron.GetPreviousValidTimeBefore(firedAt) ?? firedAt;
}
