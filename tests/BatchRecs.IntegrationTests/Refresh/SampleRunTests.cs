using System.Globalization;
using System.Text.Json;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Demo;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Import;
using BatchRecs.Store.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>
/// The samples through the whole line with the jobs that come with them: their lists are better than what a shop has without them.
/// </summary>
public sealed class SampleRunTests(ITestOutputHelper output) : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchrecs-sample-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Online_retail_beats_popular_last_seven_days_and_tuned_recent_popularity()
    {
        var (outcome, report) = await RunAsync("retail");

        Assert.Equal(RunState.Published, outcome.State);
        foreach (string baseline in (string[])["popular", "last-7-days", "recent"])
            foreach (var metric in (RankingMetric[])[RankingMetric.Ndcg, RankingMetric.Recall])
                Assert.True(Difference(report, baseline, metric).Estimate > 0, $"{metric}@10 is not above {baseline}.");
        Assert.True(Difference(report, "popular", RankingMetric.Ndcg).Low > 0);
        Assert.True(Difference(report, "popular", RankingMetric.Recall).Low > 0);
        Assert.NotNull(report.List(EvaluationReport.AgainList));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Movie_tweetings_beats_als_alone_and_popular_and_keeps_up_with_tuned_recent_popularity()
    {
        var (outcome, report) = await RunAsync("movies");

        Assert.Equal(RunState.Published, outcome.State);
        foreach (var metric in (RankingMetric[])[RankingMetric.Ndcg, RankingMetric.Recall])
        {
            Assert.True(Difference(report, "als", metric).Low > 0, $"{metric}@10 is not significantly above als.");
            Assert.True(Difference(report, "popular", metric).Low > 0, $"{metric}@10 is not significantly above popular.");
            Assert.True(Difference(report, "recent", metric).High >= 0, $"{metric}@10 is significantly below tuned recent popularity.");
        }
    }

    /// <summary>Loads a sample into an embedded store and runs its job as it is.</summary>
    async Task<(RunOutcome Outcome, EvaluationReport Report)> RunAsync(string name)
    {
        var sample = DemoSample.All.Single(sample => sample.Name == name);
        string root = RepositoryRoot();
        var settings = new StoreSettings(
            "demo", StoreProvider.Sqlite, $"Data Source={Path.Combine(_folder.FullName, "demo.db")};Pooling=false");
        var project = new ProjectContext(
            root, _folder.FullName, new Dictionary<string, StoreSettings> { ["demo"] = settings }, new SchemaNames());
        await using var store = Databases.Open(settings, NullLoggerFactory.Instance);
        foreach (var table in sample.Tables)
        {
            var numbers = table.Numbers.ToDictionary(column => column.Column, column => column.Type);
            await CsvLoader.LoadAsync(store, Path.Combine(root, table.File), table.Table, numbers, null, default);
        }

        var outcome = await new RefreshRunner(project, NullLoggerFactory.Instance, TimeProvider.System).RunAsync(
            new RunRequest(sample.JobFile), new RunWatcher(), default);
        var record = (await new RunLedger(store).LastEvaluationAsync(outcome.Recommender, default))!;
        var report = JsonSerializer.Deserialize<EvaluationReport>(record.Report, JsonSerializerOptions.Web)!;
        foreach (var stage in outcome.Stages)
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}: {stage.Elapsed.TotalSeconds:0.00} s, {stage.Note}"));
        foreach (var difference in report.Lists[0].Differences.Where(difference => difference.Length == 10))
            output.WriteLine($"{difference.Metric}@10 against {difference.Baseline}: {difference.Difference}");
        return (outcome, report);
    }

    static Interval Difference(EvaluationReport report, string baseline, RankingMetric metric) => report
        .List(EvaluationReport.MainList)!
        .Differences
        .Single(difference => difference.Baseline == baseline && difference.Length == 10 && difference.Metric == metric)
        .Difference;

    static string RepositoryRoot() => Path.GetDirectoryName(Extract.SampleFiles.Path("")[..^1])!;
}
