using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Pipeline.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>What a measurement holds where the job asks for more: groups of users, older test periods, repeats, another job.</summary>
public sealed class MeasuredGroupsTests
{
    const string Asked =
        "{ holdout: 20%, at: [5], repeats: true, windows: 2, segments: { table: customers, columns: { user: id, segment: country } } }";

    static readonly string[] Customers =
    [
        "create table customers (id text, country text)",
        $"insert into customers values {string.Join(", ", Enumerable.Range(0, SomeShop.Users - 1).Select(user =>
            $"({SomeShop.Literal(IdKind.Text, user)}, '{(user % 3 == 0 ? "DE" : "NL")}')"))}",
    ];

    [Fact]
    public async Task A_run_measures_what_its_job_asks_for_and_leaves_out_who_opted_out()
    {
        await using var project = await RefreshProject.ShopAsync(
            job: new ShopJob().With("evaluate", Asked).With("privacy", "{ optOut: jobs/queries/out.sql }"));
        await project.ExecuteAsync(Customers);
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        File.WriteAllText(project.InFolder("jobs/queries/out.sql"), "select id from customers where country = 'DE'");

        await project.RunAsync();

        var report = JsonSerializer.Deserialize<EvaluationReport>(
            (await project.Ledger.LastEvaluationAsync(ShopJob.Name, default))!.Report, JsonSerializerOptions.Web)!;
        Assert.Equal(["main", "repeats", "again"], report.Lists.Select(list => list.List));
        Assert.Equal(2, report.Windows.Count);
        Assert.Equal(["activity", "popularity", "segment"], report.Lists[0].Buckets.Select(table => table.By));
        Assert.Equal(["NL"], report.Lists[0].Buckets[2].Buckets.Select(bucket => bucket.Name));
        Assert.All(report.Lists[0].Makers, maker => Assert.Equal("categories", maker.At[0].Quality!.Similarity));
    }

    [Fact]
    public async Task A_changed_attribute_of_the_users_is_measured_anew_when_a_measurement_is_due()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("evaluate", $"{Asked[..^1]}, when: nightly }}"));
        await project.ExecuteAsync(Customers);
        await project.RunAsync();

        var unchanged = await project.RunAsync();
        await project.ExecuteAsync("update customers set country = 'FR' where country = 'DE'");
        var changed = await project.RunAsync();

        Assert.Equal(StageResult.Loaded, unchanged.Stages[1].Result);
        Assert.Equal(StageResult.Computed, changed.Stages[1].Result);
        Assert.Equal(StageResult.Loaded, changed.Stages[2].Result);
    }

    [Fact]
    public async Task Another_job_is_measured_on_the_same_extract()
    {
        await using var project = await RefreshProject.ShopAsync();
        File.WriteAllText(
            project.InFolder("jobs/draft.yaml"), new ShopJob().With("recommender", "draft").With("scorers", "{ recent: {} }").ToString());

        var (_, report) = await new Measurement(project.Context, NullLoggerFactory.Instance, project.Clock).RunAsync(
            new MeasurementRequest(RefreshProject.JobPath, ["jobs/draft.yaml"]), new RunWatcher(), default);

        var draft = report.Lists[0].Makers.Single(maker => maker.Kind == MakerKind.Compared);
        Assert.Equal("draft", draft.Name);
        Assert.Contains(report.Lists[0].Differences, difference => difference.Baseline == "draft");
    }
}
