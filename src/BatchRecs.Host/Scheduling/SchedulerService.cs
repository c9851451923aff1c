using BatchRecs.Core.Errors;
using BatchRecs.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Starts the scheduler after its store says what the files say, and stops it when the process ends.</summary>
sealed class SchedulerService(
    ISchedulerFactory factory,
    StoreSettings store,
    IReadOnlyList<NamedSchedule> schedules,
    ILogger<ScheduleReconciler> logger) : IHostedService
{
    /// <summary>Gets the scheduler; null before the start.</summary>
    public IScheduler? Scheduler { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store cannot be reached or its tables cannot be made.</exception>
    /// <exception cref="ConfigurationException">A schedule file is wrong.</exception>
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
                $"The scheduler cannot use the store '{store.Name}': {exception.GetBaseException().Message.TrimEnd('.')}. "
                + $"Check stores.{store.Name} in appsettings and that this user may create tables there.",
                exception);
        }
    }

    /// <summary>Cancels the runs under way and waits for them; the next start takes them up again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }
}
