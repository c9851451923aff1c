using BatchRecs.Host.Scheduling;
using BatchRecs.Pipeline.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Serve;

/// <summary>The server: the scheduler and the health answers.</summary>
static partial class ServeApplication
{
    // A run notices cancellation within a block of rows; loading a release ends its current chunk first.
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Builds the server; it does nothing before it is started.</summary>
    /// <param name="services">What the process has.</param>
    /// <param name="settings">The store and the schedules.</param>
    /// <param name="urls">Addresses to listen on, separated by semicolons.</param>
    public static WebApplication Build(HostServices services, ServeSettings settings, string urls)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = services.ProjectRoot });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(services.Loggers);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddReadiness(settings.Ping);
        builder.Services.AddScheduling(
            settings.Store.Settings,
            settings.Schedules,
            (request, observer, token) => services.Engine.Run(request, observer, token),
            async (job, token) =>
                services.Engine.KindOf(job) == JobKind.Prune ? await services.Engine.Prune(job, false, token) : null,
            services.Clock,
            settings.Scheduling with { Schema = settings.Store.Names.Internal });
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var application = builder.Build();
        application.MapHealth();
        var logger = services.Loggers.CreateLogger(typeof(ServeApplication).FullName!);
        application.Lifetime.ApplicationStarted.Register(
            () => Listening(
                logger, string.Join(", ", application.Urls), settings.Schedules.Count(schedule => schedule.Definition.Enabled)));
        return application;
    }

    [LoggerMessage(
        3004, LogLevel.Information, "Listening on {Urls}, with {Schedules} enabled schedules; SIGTERM or Ctrl+C stops in good order")]
    static partial void Listening(ILogger logger, string urls, int schedules);
}
