using System.Data.Common;
using BatchRecs.Store;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Registers the scheduler with its store.</summary>
static class SchedulingRegistration
{
    /// <summary>Adds the scheduler, its jobs and the service that starts it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="store">The serving store; on PostgreSQL the schema <c>batchrecs</c> must exist.</param>
    /// <param name="schedules">The schedule files.</param>
    /// <param name="run">Runs a refresh job.</param>
    /// <param name="prune">Runs a prune job.</param>
    /// <param name="clock">The clock of the scheduler.</param>
    /// <param name="options">How the scheduler behaves.</param>
    public static void AddScheduling(
        this IServiceCollection services,
        StoreSettings store,
        IReadOnlyList<NamedSchedule> schedules,
        RunRefresh run,
        RunPrune prune,
        TimeProvider clock,
        SchedulingOptions options)
    {
        services.AddSingleton(store);
        services.AddSingleton(schedules);
        services.AddSingleton(run);
        services.AddSingleton(prune);
        services.AddTransient<RefreshQuartzJob>();
        services.AddQuartz(quartz => quartz
            .ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "BatchRecs";
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            })
            .UseTimeProvider(clock)
            .UseDefaultThreadPool(options.ConcurrentJobs)
            .UsePersistentStore(persistence =>
            {
                UseStore(persistence, store, options.Schema);
                persistence.ProvisionSchema();
                persistence.UseExecutionHistory();
                persistence.ConfigureStore(jobStore =>
                {
                    jobStore.MisfireThreshold = options.MisfireThreshold;
                    jobStore.RecoverFiringsCancelledByShutdown = true;
                });
            }));
        services.AddQuartzExecutionHistory(history =>
        {
            history.Retention = options.HistoryRetention;
            history.MaxEntriesPerScheduler = options.HistoryEntries;
            history.RecordInput = true;
        });
        services.AddSingleton<SchedulerService>();
        services.AddHostedService(provider => provider.GetRequiredService<SchedulerService>());
    }

    static void UseStore(IPersistentStoreBuilder persistence, StoreSettings store, string schema)
    {
        if (store.Provider == StoreProvider.Sqlite)
        {
            persistence.UseSqlite(store.Connection);
            return;
        }
        // The scheduler's tables live beside the ledger. Two servers on one database share the work.
        var connection = new DbConnectionStringBuilder { ConnectionString = store.Connection };
        connection["Search Path"] = schema;
        persistence.UsePostgres(connection.ConnectionString);
        persistence.UseClustering();
    }
}
