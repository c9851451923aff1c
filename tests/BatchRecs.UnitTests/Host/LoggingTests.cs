using System.Text.Json.Nodes;
using BatchRecs.Core.Errors;
using BatchRecs.Host;
using Microsoft.Extensions.Logging;

namespace BatchRecs.UnitTests.Host;

public sealed partial class LoggingTests : IDisposable
{
    readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("batchrecs-log-");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void The_log_file_holds_one_JSON_object_per_line_with_run_and_stage_from_the_scope()
    {
        using (var loggers = Logging.Open(Settings.Read(_project.FullName), _project.FullName, isServer: false, TextWriter.Null))
        {
            var logger = loggers.CreateLogger("BatchRecs.Test");
            using (logger.BeginScope(new Dictionary<string, object> { ["RunId"] = 12L, ["Stage"] = "train" }))
                SweepDone(logger, 3);
        }

        string file = Assert.Single(Directory.GetFiles(Path.Combine(_project.FullName, ".batchrecs/logs"), "batchrecs-*.log"));
        var line = JsonNode.Parse(Assert.Single(File.ReadAllLines(file)))!;
        Assert.Equal("Sweep 3 done", (string?)line["RenderedMessage"]);
        Assert.Equal(12, (int?)line["Properties"]!["RunId"]);
        Assert.Equal("train", (string?)line["Properties"]!["Stage"]);
    }

    [Fact]
    public void The_projects_own_settings_win_over_those_that_BatchRecs_comes_with()
    {
        File.WriteAllText(
            Path.Combine(_project.FullName, "appsettings.json"),
            """{ "stores": { "serving": { "connection": "Data Source=own.db" } } }""");

        var settings = Settings.Read(_project.FullName);

        Assert.Equal("Data Source=own.db", settings["stores:serving:connection"]);
        Assert.Equal("sqlite", settings["stores:serving:provider"]);
    }

    [Fact]
    public void A_settings_file_that_is_not_JSON_is_a_configuration_mistake()
    {
        string file = Path.Combine(_project.FullName, "appsettings.json");
        File.WriteAllText(file, "{ stores");

        var exception = Assert.Throws<ConfigurationException>(() => Settings.Read(_project.FullName));

        Assert.StartsWith($"Failed to load configuration from file '{file}'.", exception.Message, StringComparison.Ordinal);
    }

    [LoggerMessage(1, LogLevel.Information, "Sweep {Sweep} done")]
    static partial void SweepDone(ILogger logger, int sweep);
}
