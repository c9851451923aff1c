using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>A schedule file.</summary>
/// <param name="Name">The bare name of the file: <c>nightly</c> for schedules/nightly.yaml.</param>
/// <param name="Definition">What it says.</param>
sealed record NamedSchedule(string Name, ScheduleDefinition Definition)
{
    /// <summary>Reads the cron expression in its time zone.</summary>
    /// <returns>Five fields are read as Unix does (Sunday is 0 or 7), six or seven as Quartz does (seconds first, Sunday is 1).</returns>
    /// <exception cref="ConfigurationException">The expression or the time zone is not valid.</exception>
    public CronExpression ParseCron()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Definition.TimeZone, out var zone))
            throw new ConfigurationException(
                $"schedule {Name}: timeZone is '{Definition.TimeZone}', which is no time zone; write it as Europe/Berlin.");
        string cron = Definition.Cron.Trim();
        int fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return CronExpression.TryParse(cron, fields == 5 ? CronFormat.Unix : CronFormat.Quartz, out var expression)
            ? expression.WithTimeZone(zone)
            : throw new ConfigurationException(
                $"schedule {Name}: cron is '{cron}', which is not valid. "
                + "Write five fields (minute hour day month weekday), as in '0 2 * * *' for 02:00.");
    }
}
