using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>What a scheduled refresh is given; kept with the execution, so that it can be run again.</summary>
/// <param name="Job">Path of the job file, relative to the project root.</param>
sealed record RefreshInput(string Job);

/// <summary>Runs a job of any kind when its schedule fires; the same job never runs twice at once.</summary>
[DisallowConcurrentExecution]
sealed partial class RefreshQuartzJob(RunRefresh run, RunPrune prune, ILogger<RefreshQuartzJob> logger) : IJob<RefreshInput>
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, RefreshInput input, CancellationToken cancellationToken = default)
    {
        var key = (context.Recovering ? context.RecoveringTriggerKey : null) ?? context.Trigger.Key;
        bool isScheduled = key.Group == ScheduleReconciler.Group;
        var request = new RunRequest(
            input.Job,
            ScheduledAt: isScheduled ? await ScheduledAtAsync(context, key, cancellationToken) : null,
            Trigger: isScheduled ? $"schedule:{key.Name}" : "manual");
        try
        {
            if (await prune(input.Job, cancellationToken) is { } pruned)
            {
                context.Result = JobRunReport.Succeeded(pruned.Message);
                return;
            }
            var outcome = await run(request, new QuartzProgress(context), cancellationToken);
            context.Result = Report(outcome);
        }
        catch (BatchRecsException exception) when (!Repetition.IsWorthwhile(exception))
        {
            // A report of failure is recorded but not repeated; an exception would be.
            NotRepeated(logger, input.Job, exception.ExitCode, exception.Message);
            context.Result = JobRunReport.Failed(exception.Message).With("exitCode", exception.ExitCode);
        }
        catch (RunCancelledException cancelled) when (!cancellationToken.IsCancellationRequested)
        {
            // A person wanted the run to end, so it is not repeated; what a shutdown ends is taken up again at the next start.
            context.Result = JobRunReport.Failed(cancelled.Message).With("exitCode", ExitCodes.Cancelled);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new JobExecutionException(exception.Message, exception);
        }
    }

    static async ValueTask<DateTimeOffset?> ScheduledAtAsync(IJobExecutionContext context, TriggerKey key, CancellationToken token)
    {
        // A run that is taken up after a restart is fired by a helper trigger; the schedule's own trigger knows the regular times.
        var trigger = context.Recovering ? await context.Scheduler.GetTrigger(key, token) : context.Trigger;
        var firedAt = context.ScheduledFireTimeUtc > context.FireTimeUtc ? context.ScheduledFireTimeUtc.Value : context.FireTimeUtc;
        return trigger is ICronTrigger { CronExpressionString: { } cron, TimeZone: var zone }
            ? Occurrence.Of(new CronExpression(cron, zone), firedAt)
            : firedAt;
    }

    static JobRunReport Report(RunOutcome outcome)
    {
        var report = outcome.State switch
        {
            RunState.Refused or RunState.Failed or RunState.Cancelled => JobRunReport.Failed(outcome.Message),
            RunState.Unchanged or RunState.Withheld or RunState.Skipped => JobRunReport.Skipped(outcome.Message),
            _ => JobRunReport.Succeeded(outcome.Message),
        };
        report = report.With("runId", outcome.RunId);
        return outcome.ReleaseId is { } release ? report.With("releaseId", release) : report;
    }

    [LoggerMessage(3001, LogLevel.Error, "Job {Job} ended with exit code {ExitCode} and is not repeated: {Reason}")]
    static partial void NotRepeated(ILogger logger, string job, int exitCode, string reason);
}
