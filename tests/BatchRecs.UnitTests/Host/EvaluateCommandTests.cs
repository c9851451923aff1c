using System.Text.Json.Nodes;
using BatchRecs.Host.Engines;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.UnitTests.Host;

/// <summary>The command <c>evaluate</c> with an engine that has measured a small shop.</summary>
public sealed class EvaluateCommandTests : CommandTests
{
    readonly string _draft;
    MeasurementRequest? _asked;

    public EvaluateCommandTests()
    {
        _draft = Path.Combine(Path.GetDirectoryName(_job)!, "draft.yaml");
        File.WriteAllText(_draft, "recommender: shop\n");
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

    Task<int> RunAsync(params string[] args) => RunAsync(
        TestEngine.Unable with
        {
            Evaluate = (request, _, _) =>
            {
                _asked = request;
                return Task.FromResult((EvaluationViews.Of("shop", SomeReport.Full), SomeReport.Full));
            },
        },
        args);
}
