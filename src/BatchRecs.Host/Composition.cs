using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host;

/// <summary>Puts the engine together from the pipeline and the stores.</summary>
static class Composition
{
    /// <summary>Creates what the commands ask for their answers.</summary>
    /// <param name="projectRoot">The folder that holds <c>jobs/</c>.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="loggers">The loggers.</param>
    /// <param name="clock">The clock.</param>
    public static Engine CreateEngine(string projectRoot, IConfiguration configuration, ILoggerFactory loggers, TimeProvider clock) => new()
    {
        Run = (_, _, _) => throw new NotSupportedException(),
        Demo = (_, _, _) => throw new NotSupportedException(),
        Evaluate = (_, _, _) => throw new NotSupportedException(),
        Check = (_, _) => throw new NotSupportedException(),
        Migrate = _ => throw new NotSupportedException(),
        MigrationScript = _ => throw new NotSupportedException(),
        Recommend = (_, _, _, _) => throw new NotSupportedException(),
        Similar = (_, _, _, _) => throw new NotSupportedException(),
        ListReleases = (_, _) => throw new NotSupportedException(),
        ShowRelease = (_, _, _) => throw new NotSupportedException(),
        Rollback = (_, _, _) => throw new NotSupportedException(),
        ListRuns = (_, _, _, _) => throw new NotSupportedException(),
        ShowRun = (_, _, _) => throw new NotSupportedException(),
        OpenScheduler = _ => throw new NotSupportedException(),
    };
}
