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
    const string SinksKey = "Serilog:WriteTo";
    const string UsingKey = "Serilog:Using";
    const string ConsoleKey = $"{SinksKey}:Console";
    const string ConsoleLevelKey = $"{ConsoleKey}:Args:restrictedToMinimumLevel";

    /// <summary>Events of the pipeline that a command repeats as its last words: how a run failed, what a guard refused.</summary>
    static readonly string[] LastWords = ["RunFailed", "GuardRefused"];

    /// <summary>Opens the log.</summary>
    /// <param name="configuration">Settings with a section <c>Serilog</c>.</param>
    /// <param name="projectRoot">What a relative path of the log file is relative to.</param>
    /// <param name="isServer">True = the console shows all; false = warnings: a command shows progress and its outcome itself.</param>
    /// <param name="error">Where the log says that it cannot be written.</param>
    /// <returns>Loggers whose scopes (run id, stage) become properties of every line; disposing them flushes the file.</returns>
    public static ILoggerFactory Open(IConfiguration configuration, string projectRoot, bool isServer, TextWriter error)
    {
        SelfLog.Enable(TextWriter.Synchronized(error));
        var settings = Effective(configuration, projectRoot, isServer);
        // The console is a logger of its own inside the other: so it can leave out what the file keeps.
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(Without(settings, key => IsUnder(key, ConsoleKey)))
            .WriteTo.Logger(console =>
            {
                // What the outer logger lets through has the right level already.
                console.MinimumLevel.Verbose();
                console.ReadFrom.Configuration(Without(settings, key => !IsUnder(key, ConsoleKey) && !IsUnder(key, UsingKey)));
                if (!isServer)
                    console.Filter.ByExcluding(IsLastWord);
            })
            .CreateLogger();
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddSerilog(logger, dispose: true));
        return new LoggersClosedQuietly(loggers, error);
    }

    static Dictionary<string, string?> Effective(IConfiguration configuration, string projectRoot, bool isServer)
    {
        var effective = new Dictionary<string, string?>(configuration.AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        if (configuration[FilePathKey] is { Length: > 0 } path)
            effective[FilePathKey] = Path.GetFullPath(path, projectRoot);
        if (configuration[$"{ConsoleKey}:Name"] is not null && configuration[ConsoleLevelKey] is null)
            effective[ConsoleLevelKey] = $"{(isServer ? LogEventLevel.Information : LogEventLevel.Warning)}";
        return effective;
    }

    static IConfiguration Without(Dictionary<string, string?> settings, Func<string, bool> isLeftOut) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Value is not null && !isLeftOut(setting.Key)))
            .Build();

    static bool IsUnder(string key, string section) => key.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase);

    static bool IsLastWord(LogEvent logged) =>
        logged.Properties.TryGetValue("EventId", out var id)
        && id is StructureValue structure
        && structure.Properties.Any(part => part is { Name: "Name", Value: ScalarValue { Value: string name } }
            && LastWords.Contains(name));
}
