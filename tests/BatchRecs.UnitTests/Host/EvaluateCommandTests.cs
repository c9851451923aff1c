using System.Text.Json.Nodes;
using BatchRecs.Host;
using BatchRecs.Host.Cli;
using BatchRecs.Host.Engines;
using BatchRecs.Pipeline.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.UnitTests.Host;

/// <summary>The command <c>evaluate</c> with an engine that has measured a small shop.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("batchrecs-evaluate-");
    readonly StringWriter _out = new() { NewLine = "\n" };
    readonly StringWriter _error = new() { NewLine = "\n" };
    readonly string _job;
    readonly string _draft;
    MeasurementRequest? _asked;

    public EvaluateCommandTests()
    {
        string jobs = _project.CreateSubdirectory("jobs").FullName;
        (_job, _draft) = (Path.Combine(jobs, "shop.yaml"), Path.Combine(jobs, "draft.yaml"));
        File.WriteAllText(_job, "recommender: shop\n");
        File.WriteAllText(_draft, "recommender: shop\n");
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        _project.Delete(recursive: true);
    }

    [Fact]
    public async Task It_measures_the_jobs_that_are_named_and_says_where_the_report_is()
    {
        int code = await RunAsync("evaluate", "shop", "--compare", "draft", "--compare", "shop");

        string page = Path.Combine(_project.FullName, ".batchrecs", "reports", "shop-evaluation.html");
        Assert.Equal(0, code);
        Assert.Equal(_job, _asked!.Job);
        Assert.Equal([_draft, _job], _asked.Compare);
        Assert.EndsWith(
            $"Not compared: champion. events.<i>click</i> is not read.\n\nReport: {page}\n", $"{_out}", StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_goes_where_it_is_told_and_json_is_the_whole_answer()
    {
        string page = Path.Combine(_project.FullName, "march.html");

        await RunAsync("evaluate", "shop", "--report", page, "--json");

        Assert.Equal(File.ReadAllText(Path.Combine(_project.FullName, "march.json")), $"{_out}");
        Assert.Equal("main", (string?)JsonNode.Parse($"{_out}")!["lists"]![0]!["list"]);
        Assert.Empty(_asked!.Compare);
    }

    Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        new HostServices
        {
            ProjectRoot = _project.FullName,
            Configuration = new ConfigurationBuilder().Build(),
            Loggers = NullLoggerFactory.Instance,
            Clock = TimeProvider.System,
            Terminal = new Terminal(_out, _error, IsInteractive: false),
            Engine = TestEngine.Unable with
            {
                Evaluate = (request, _, _) =>
                {
                    _asked = request;
                    return Task.FromResult((EvaluationViews.Of("shop", SomeReport.Full), SomeReport.Full));
                },
            },
        },
        args,
        CancellationToken.None);
}
