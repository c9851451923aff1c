using BatchRecs.Core.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Starts the scheduler after its store says what the files say, and stops it when the process ends.</summary>
sealed class SchedulerService(ISchedulerFactory factory, IReadOnlyList<NamedSchedule> schedules, ILogger<ScheduleReconciler> logger) : IHostedService
{
    /// <summary>Gets the scheduler; null before the start.</summary>
    public IScheduler? Scheduler { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Scheduler = await factory.GetScheduler(cancellationToken);
            await new ScheduleReconciler(Scheduler, logger).ReconcileAsync(schedules, cancellationToken);
            await Scheduler.Start(cancellationToken);
        }
        catch (SchedulerException exception)
        {
            throw new StoreException(
                $"The scheduler cannot use its store: {exception.GetBaseException().Message}. Check the store 'serving' in appsettings.", exception);
        }
    }

    /// <summary>Cancels the runs under way and waits for them; the next start takes them up again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }
}
