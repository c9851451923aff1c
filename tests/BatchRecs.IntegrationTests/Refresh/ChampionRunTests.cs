using System.Text.Json;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A changed definition replaces the current release only if it is no worse, on the same past and the same users.</summary>
public sealed class ChampionRunTests
{
    const string Guard = "{ noWorseThan: [], minCoverage: 0 }";

    [Fact]
    public async Task A_definition_that_is_worse_is_refused_also_by_the_measurement_of_an_earlier_night()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", Guard));
        var before = await project.PublishAsync();
        // Who counts only the last hour recommends little better than by chance.
        project.Write(new ShopJob().With("guard", Guard).With("scorers", "{ recent: { halfLife: 1h } }"));

        var refused = await project.RunAsync();
        project.Clock.Now += TimeSpan.FromDays(1);
        var carried = await project.RunAsync();
        var verdict = await Verdict(project, refused.RunId);

        Assert.Equal((RunState.Refused, 6), (refused.State, refused.ExitCode));
        Assert.Contains("worse: NDCG@5 -", refused.Message, StringComparison.Ordinal);
        var rule = verdict.Rules.Single(rule => rule.Name == "champion.ndcg");
        Assert.Equal((-0.01, false), (rule.Limit, rule.Passed));
        Assert.InRange(rule.Figure!.Value, -1, -0.05);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
        Assert.Equal((RunState.Refused, StageResult.LeftOut), (carried.State, carried.Stages[1].Result));
        Assert.Equal(rule, (await Verdict(project, carried.RunId)).Rules.Single(rule => rule.Name == "champion.ndcg"));
    }

    /// <summary>The half-life of the buy-again list is measured too, but changes nothing on the main list.</summary>
    [Fact]
    public async Task A_definition_that_makes_the_same_main_lists_is_no_worse_and_is_not_measured_again_once_it_is_the_champion()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", Guard));
        await project.PublishAsync();
        project.Write(new ShopJob().With("guard", Guard).With("again", "{ count: 5, halfLife: 30d }"));

        var changed = await project.RunAsync();
        var rules = (await Verdict(project, changed.RunId)).Rules.ToDictionary(rule => rule.Name);
        project.Clock.Now += TimeSpan.FromDays(1);
        var next = await project.RunAsync();

        Assert.Equal(RunState.Published, changed.State);
        Assert.StartsWith("no worse: NDCG@5 0 % against ", rules["champion.ndcg"].Message, StringComparison.Ordinal);
        Assert.Equal(0, rules["champion.churn"].Figure);
        Assert.Contains(
            "champion", (await Report(project)).List(EvaluationReport.MainList)!.Makers.Select(maker => maker.Name));
        Assert.Equal((RunState.Unchanged, StageResult.LeftOut), (next.State, next.Stages[1].Result));
        Assert.Equal(
            "The definition is that of the current release: there is nothing to compare; earlier runs say what is usual.",
            await ChampionNote(project, next.RunId));
    }

    [Fact]
    public async Task A_current_definition_that_this_version_cannot_read_is_not_compared_and_that_is_said()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", Guard));
        await project.PublishAsync();
        await project.ExecuteAsync("update batchrecs_releases set job_definition = 'recommender: shop'");
        project.Write(new ShopJob().With("guard", Guard).With("seed", "43"));

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        string note = await ChampionNote(project, outcome.RunId);
        Assert.Equal(
            "The definition of the current release cannot be read any more, so it is not compared; input guards and baselines decide. "
            + "job definition of release 1: sources: missing; expected a list whose entries have the keys table, query, columns, event, "
            + "eventNames, timeUnit, incremental, with at least one entry.",
            note);
        Assert.Contains(project.Log.Warnings, warning => warning.EndsWith(note, StringComparison.Ordinal));
    }

    /// <summary>Both would have to be learnt from one extract: what is not compared must not pass for unchanged.</summary>
    [Fact]
    public async Task A_definition_that_reads_another_window_is_not_compared_and_held_where_that_is_wanted()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", Guard));
        await project.PublishAsync();
        project.Write(new ShopJob()
            .With("guard", "{ noWorseThan: [], minCoverage: 0, champion: { inconclusive: hold } }").With("window", "400d"));

        var outcome = await project.RunAsync();

        const string Note = "The definition of the current release cannot be run on what this job reads, so it is not compared. window: it "
            + "is not the same as in the job that is measured; expected the same, because both are run on one extract.";
        Assert.Equal(RunState.Refused, outcome.State);
        Assert.Equal(
            Note + " If it is to be so, run with --override, or set guard.champion.inconclusive: publish.",
            await ChampionNote(project, outcome.RunId));
        Assert.Contains(project.Log.Warnings, warning => warning.EndsWith(Note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_release_has_no_champion()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", Guard));

        var outcome = await project.RunAsync();

        Assert.Equal(
            "There is no current release yet, so there is no definition to compare with.", await ChampionNote(project, outcome.RunId));
    }

    static async Task<string> ChampionNote(RefreshProject project, long runId) =>
        (await Verdict(project, runId)).Rules.Single(rule => rule.Name == "champion").Message;

    static Task<GuardVerdict> Verdict(RefreshProject project, long runId) => new GuardLedger(project.Serving).VerdictAsync(runId, default);

    static async Task<EvaluationReport> Report(RefreshProject project) => JsonSerializer.Deserialize<EvaluationReport>(
        (await project.Ledger.LastEvaluationAsync(ShopJob.Name, default))!.Report, JsonSerializerOptions.Web)!;
}
