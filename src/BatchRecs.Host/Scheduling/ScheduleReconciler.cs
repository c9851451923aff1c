using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Definitions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Makes the scheduler's store say what the schedule files say. The files are the truth; a pause set by a person stays.</summary>
sealed partial class ScheduleReconciler(IScheduler scheduler, ILogger logger)
{
    /// <summary>The group of the jobs and triggers that come from files.</summary>
    public const string Group = "schedules";

    /// <summary>Adds new schedules, replaces changed ones, removes those that are gone or not enabled.</summary>
    /// <remarks>
    /// An unchanged trigger is left alone: replacing it would forget the fire times that were missed while nothing ran.
    /// </remarks>
    /// <exception cref="Core.Errors.ConfigurationException">A cron expression or time zone is not valid; nothing has changed.</exception>
    public async Task ReconcileAsync(IReadOnlyList<NamedSchedule> schedules, CancellationToken token)
    {
        var wanted = schedules
            .Where(schedule => schedule.Definition.Enabled)
            .Select(schedule => (Schedule: schedule, Cron: schedule.ParseCron()))
            .ToDictionary(pair => new TriggerKey(pair.Schedule.Name, Group));
        var stored = await StoredAsync(token);

        foreach (var header in stored.Where(header => !wanted.ContainsKey(header.Key)))
        {
            await scheduler.UnscheduleJob(header.Key, token);
            Removed(logger, header.Key.Name);
        }
        var byKey = stored.ToDictionary(header => header.Key);
        foreach (var (key, (schedule, cron)) in wanted)
        {
            byKey.TryGetValue(key, out var header);
            await EnsureAsync(key, schedule.Definition, cron, header, token);
        }
    }

    async Task<List<TriggerHeader>> StoredAsync(CancellationToken token)
    {
        var query = new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Group), Take = 1000 };
        List<TriggerHeader> headers = [];
        PagedResult<TriggerHeader> page;
        do
        {
            page = await scheduler.QueryTriggers(query with { Skip = headers.Count }, token);
            headers.AddRange(page.Items);
        }
        while (page.HasMore);
        return headers;
    }

    async Task EnsureAsync(
        TriggerKey key,
        ScheduleDefinition definition,
        CronExpression cron,
        TriggerHeader? stored,
        CancellationToken token)
    {
        var jobKey = new JobKey(definition.Job.Replace('\\', '/'), Group);
        string description = Describe(definition, cron);
        if (stored is not null && stored.JobKey.Equals(jobKey) && stored.Description == description)
            return;

        // The job of a kill -9 is run again at the next start; what it had finished is found on disk.
        var job = JobBuilder.Create<RefreshQuartzJob>()
            .WithIdentity(jobKey)
            .UsingInput(new RefreshInput(jobKey.Name))
            .RequestRecovery()
            .Build();
        var trigger = TriggerBuilder.Create<RefreshQuartzJob>(scheduler.TimeProvider)
            .WithIdentity(key)
            .ForJob(jobKey)
            .WithDescription(description)
            .WithSchedule(CronScheduleBuilder.Create(cron).WithMisfireInstruction(InstructionOf(definition.Misfire)))
            .WithRetryPolicy(Repetition.PolicyOf(definition.Retry))
            .Build();
        bool paused = stored?.State == TriggerState.Paused;
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true, Paused = paused }, token);
        Stored(logger, key.Name, description, trigger.GetFireTimeAfter(scheduler.TimeProvider.GetUtcNow()));
    }

    static string Describe(ScheduleDefinition definition, CronExpression cron) =>
        $"{cron.CronExpressionString} {definition.TimeZone}; missed: {Words.Of(definition.Misfire)}; "
        + $"repeated: {definition.Retry.Attempts} times after {DurationText.Format(definition.Retry.Delay)}";

    static CronTriggerMisfireInstruction InstructionOf(MisfirePolicy policy) =>
        policy == MisfirePolicy.FireOnce ? CronTriggerMisfireInstruction.FireAndProceed : CronTriggerMisfireInstruction.DoNothing;

    [LoggerMessage(3002, LogLevel.Information, "Schedule {Schedule} ({Description}) fires next at {NextFireTime:yyyy-MM-dd HH:mm:ss zzz}")]
    static partial void Stored(ILogger logger, string schedule, string description, DateTimeOffset? nextFireTime);

    [LoggerMessage(3003, LogLevel.Information, "Schedule {Schedule} is removed: its file is gone or not enabled")]
    static partial void Removed(ILogger logger, string schedule);
}
