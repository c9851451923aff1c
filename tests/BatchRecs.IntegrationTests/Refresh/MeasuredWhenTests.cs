using System.Text.Json;
using BatchRecs.Core.Evaluation;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>When a run measures, and what it says when it does not.</summary>
public sealed class MeasuredWhenTests
{
    [Theory]
    [InlineData("onChange", 6, false)]
    [InlineData("onChange", 7, true)]
    [InlineData("weekly", 6, false)]
    [InlineData("weekly", 7, true)]
    [InlineData("nightly", 1, true)]
    public async Task An_unchanged_job_is_measured_again_when_its_measurement_is_due(string when, int daysLater, bool measured)
    {
        await using var project = await RefreshProject.ShopAsync(job: Job(when));
        await project.RunAsync();

        project.Clock.Now += TimeSpan.FromDays(daysLater);
        var outcome = await project.RunAsync();

        // The data are the same, so a measurement that is due finds its result on disk.
        Assert.Equal(measured ? StageResult.Loaded : StageResult.LeftOut, outcome.Stages[1].Result);
        var measuredAt = measured ? project.Clock.Now : project.Clock.Now.AddDays(-daysLater);
        Assert.Equal(measuredAt, (await LastAsync(project)).MeasuredAt, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("onChange")]
    [InlineData("weekly")]
    public async Task A_job_that_is_defined_otherwise_is_measured_at_once(string when)
    {
        await using var project = await RefreshProject.ShopAsync(job: Job(when));
        await project.RunAsync();

        project.Write(Job(when).With("seed", "43"));
        var outcome = await project.RunAsync();

        Assert.Equal(StageResult.Computed, outcome.Stages[1].Result);
    }

    /// <summary>What followed a moment says nothing of what was known then.</summary>
    [Fact]
    public async Task A_run_of_the_past_is_not_judged_by_what_followed_it()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job("onChange"));
        await project.RunAsync();
        var measuredUntil = Micros.ToTime((await LastReportAsync(project)).TestUntil);

        var outcome = await project.RunAsync(asOf: measuredUntil.AddDays(-7));

        Assert.Equal(StageResult.Computed, outcome.Stages[1].Result);
        Assert.True((await LastReportAsync(project)).TestUntil <= Micros.Of(measuredUntil.AddDays(-7)));
    }

    static async Task<EvaluationReport> LastReportAsync(RefreshProject project) =>
        JsonSerializer.Deserialize<EvaluationReport>((await LastAsync(project)).Report, JsonSerializerOptions.Web)!;

    [Fact]
    public async Task A_change_of_threads_or_comments_is_no_change_of_the_job()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job("onChange"));
        await project.RunAsync();

        project.Write(Job("onChange").With("threads", "1  # one is enough"));
        var outcome = await project.RunAsync();

        Assert.Equal(StageResult.LeftOut, outcome.Stages[1].Result);
    }

    [Fact]
    public async Task A_stage_that_is_left_out_says_when_and_what_was_measured()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job("onChange"));
        var first = await project.RunAsync();

        project.Clock.Now += TimeSpan.FromDays(3);
        var second = await project.RunAsync();

        Assert.Equal($"measured 2026-03-01 by run 1: {first.Stages[1].Note}", second.Stages[1].Note);
        Assert.Matches(@"^recipe NDCG@5 0\.\d{4}, popular NDCG@5 0\.\d{4}, last-7-days NDCG@5 0\.\d{4}$", first.Stages[1].Note);
    }

    /// <summary>Limits and the number of releases kept are no part of what is measured.</summary>
    [Fact]
    public async Task A_change_of_limits_needs_no_new_measurement()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job("onChange"));
        await project.RunAsync();

        project.Write(Job("onChange").With("guard", "{ noWorseThan: [], minCoverage: 0 }").With("publish", "{ keepReleases: 2 }"));
        var outcome = await project.RunAsync();

        Assert.Equal(StageResult.LeftOut, outcome.Stages[1].Result);
    }

    static ShopJob Job(string when) => new ShopJob().With("evaluate", $"{{ when: {when}, holdout: 20%, at: [5] }}");

    static async Task<EvaluationRecord> LastAsync(RefreshProject project) =>
        (await project.Ledger.LastEvaluationAsync(ShopJob.Name, default))!;
}
