using BatchRecs.Host;
using BatchRecs.Host.Cli;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.UnitTests.Host;

/// <summary>A project with one job, and the command line in it with an engine that answers what a test says.</summary>
public abstract class CommandTests : IDisposable
{
    private protected readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("batchrecs-cli-");
    private protected readonly StringWriter _out = new() { NewLine = "\n" };
    private protected readonly StringWriter _error = new() { NewLine = "\n" };
    private protected readonly string _job;

    private protected CommandTests()
    {
        _job = Path.Combine(_project.CreateSubdirectory("jobs").FullName, "shop.yaml");
        File.WriteAllText(_job, "recommender: shop\n");
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        _project.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a command; returns its exit code.</summary>
    private protected Task<int> RunAsync(Engine engine, params string[] args) => CommandLine.RunAsync(
        new HostServices
        {
            ProjectRoot = _project.FullName,
            Configuration = new ConfigurationBuilder().Build(),
            Loggers = NullLoggerFactory.Instance,
            Clock = TimeProvider.System,
            Terminal = new Terminal(_out, _error, IsInteractive: false),
            Engine = engine,
        },
        args,
        CancellationToken.None);
}
