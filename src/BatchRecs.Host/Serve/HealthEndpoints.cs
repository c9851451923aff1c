using BatchRecs.Host.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

namespace BatchRecs.Host.Serve;

/// <summary>Answers whether the process lives and whether it can do its work.</summary>
static class HealthEndpoints
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the checks behind <c>/health/ready</c>: the database answers, the scheduler runs.</summary>
    public static void AddReadiness(this IServiceCollection services, Func<CancellationToken, Task> ping) =>
        services.AddHealthChecks()
            .AddAsyncCheck("database", token => DatabaseAsync(ping, token), timeout: Timeout)
            .Add(new HealthCheckRegistration(
                "scheduler",
                provider => new SchedulerCheck(provider.GetRequiredService<SchedulerService>()),
                failureStatus: null,
                tags: null,
                Timeout));

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this WebApplication application)
    {
        application.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        application.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    static async Task<HealthCheckResult> DatabaseAsync(Func<CancellationToken, Task> ping, CancellationToken token)
    {
        try
        {
            await ping(token);
            return HealthCheckResult.Healthy("answers");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Anybody may ask: the message, which names hosts and users, goes to the log only.
            return HealthCheckResult.Unhealthy("does not answer; the log says why", exception);
        }
    }

    static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = report.Status == HealthStatus.Healthy ? "ok" : "unavailable",
            Checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { Ok = entry.Value.Status == HealthStatus.Healthy, Reason = entry.Value.Description }),
        },
        context.RequestAborted);

    sealed class SchedulerCheck(SchedulerService service) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var status = service.Scheduler?.Status ?? SchedulerStatus.Created;
            return Task.FromResult(status == SchedulerStatus.Running
                ? HealthCheckResult.Healthy("running")
                : HealthCheckResult.Unhealthy($"not running: {status}"));
        }
    }
}
