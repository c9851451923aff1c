using BatchRecs.Host.Cli;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host;

/// <summary>What every command may use; made once per process.</summary>
sealed class HostServices
{
    /// <summary>Gets the folder that holds <c>jobs/</c>; relative paths in files are relative to it.</summary>
    public required string ProjectRoot { get; init; }

    /// <summary>Gets the settings: appsettings files, then the environment.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>Gets the loggers.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Gets where commands write.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Gets what does the work.</summary>
    public required Engine Engine { get; init; }

    /// <summary>Finds the job file that a person means: a path, or the bare name of a file in <c>jobs/</c>.</summary>
    /// <returns>The absolute path.</returns>
    public string FindJob(string job) => JobPaths.Resolve(ProjectRoot, Environment.CurrentDirectory, job);
}
