using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Debugging;
using Serilog.Events;

namespace BatchRecs.Host;

/// <summary>The only place that knows Serilog: the console and a rolling JSON file, as the settings say.</summary>
static class Logging
{
    const string FilePathKey = "Serilog:WriteTo:File:Args:path";
    const string ConsoleLevelKey = "Serilog:WriteTo:Console:Args:restrictedToMinimumLevel";

    /// <summary>Opens the log.</summary>
    /// <param name="configuration">Settings with a section <c>Serilog</c>.</param>
    /// <param name="projectRoot">What a relative path of the log file is relative to.</param>
    /// <param name="consoleLevel">The least level that the console shows: warnings where a progress display tells the rest.</param>
    /// <param name="error">Where the log says that it cannot be written.</param>
    /// <returns>Loggers whose scopes (run id, stage) become properties of every line; disposing them flushes the file.</returns>
    public static ILoggerFactory Open(IConfiguration configuration, string projectRoot, LogLevel consoleLevel, TextWriter error)
    {
        SelfLog.Enable(TextWriter.Synchronized(error));
        var settings = new ConfigurationBuilder()
            .AddConfiguration(configuration)
            .AddInMemoryCollection(Effective(configuration, projectRoot, consoleLevel))
            .Build();
        var logger = new LoggerConfiguration().ReadFrom.Configuration(settings).CreateLogger();
        return LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddSerilog(logger, dispose: true));
    }

    static Dictionary<string, string?> Effective(IConfiguration configuration, string projectRoot, LogLevel consoleLevel)
    {
        var effective = new Dictionary<string, string?>();
        if (configuration[FilePathKey] is { Length: > 0 } path)
            effective[FilePathKey] = Path.GetFullPath(path, projectRoot);
        if (configuration["Serilog:WriteTo:Console:Name"] is not null && configuration[ConsoleLevelKey] is null)
            effective[ConsoleLevelKey] = $"{(consoleLevel >= LogLevel.Warning ? LogEventLevel.Warning : LogEventLevel.Information)}";
        return effective;
    }
}
