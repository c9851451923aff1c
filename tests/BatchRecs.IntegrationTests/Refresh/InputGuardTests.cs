using BatchRecs.Core.Guarding;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A load that is broken is refused before anything is trained; a person may let it through, by name and with a reason.</summary>
public sealed class InputGuardTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Half_a_load_is_refused_right_after_extract_and_readers_keep_what_they_have(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        var before = await project.PublishAsync();

        await project.ExecuteAsync("delete from events where user_id >= '00151'");
        var outcome = await project.RunAsync();
        var verdict = await Verdict(project, outcome.RunId);

        Assert.Equal((RunState.Refused, 6, null), (outcome.State, outcome.ExitCode, outcome.ReleaseId));
        Assert.Equal([StageName.Extract, StageName.Guard], outcome.Stages.Select(stage => stage.Stage));
        Assert.Equal("refused: input.rows, input.users", outcome.Stages[1].Note);
        Assert.StartsWith("refused, nothing was published: ", outcome.Message, StringComparison.Ordinal);
        Assert.Contains(
            "150 users were read; the last good run had 300 to 300, allowed are 210 to 600. "
            + "Check whether the load of the sources has finished. If the fall is real, run with --override, or raise guard.input.maxFall.",
            outcome.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            ["input.rows", "input.users", "input.items", "input.rejected", "input.age", "input.types", "input.duplicates"],
            verdict.Rules.Select(rule => rule.Name));
        Assert.Equal((150.0, 210.0, false), (verdict.Rules[1].Figure, verdict.Rules[1].Limit, verdict.Rules[1].Passed));
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_first_run_has_nothing_to_compare_with_and_says_so()
    {
        await using var project = await RefreshProject.ShopAsync();

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        var first = (await Verdict(project, outcome.RunId)).Rules[0];
        Assert.Equal(
            new GuardRule("input", null, 0, true, "No good run has read these sources before: there is nothing to compare with."), first);
    }

    [Fact]
    public async Task A_refused_run_is_no_yardstick_for_the_next_one()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.PublishAsync();
        await project.ExecuteAsync("delete from events where user_id >= '00151'");
        await project.RunAsync();

        var again = await project.RunAsync();

        Assert.Equal(RunState.Refused, again.State);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task An_override_publishes_and_records_who_when_and_why_and_the_next_run_knows_the_new_level(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);
        await project.PublishAsync();
        await project.ExecuteAsync("delete from events where user_id >= '00151'");

        var outcome = await project.RunAsync(overridden: new OverrideRequest("anna@etl1 via cli", "half of the shops were sold"));
        var run = (await project.Ledger.GetAsync(outcome.RunId, default))!;
        var release = (await project.Releases.FindCurrentAsync(ShopJob.Name, default))!;
        var next = await project.RunAsync();

        Assert.Equal((RunState.Published, 0), (outcome.State, outcome.ExitCode));
        Assert.Contains(
            "; published although refused, by anna@etl1 via cli (half of the shops were sold): ",
            outcome.Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "overridden by anna@etl1 via cli: input.rows, input.users",
            outcome.Stages.Single(stage => stage.Stage == StageName.Guard).Note,
            StringComparison.Ordinal);
        var expected = ("anna@etl1 via cli", "half of the shops were sold", project.Clock.Now.UtcDateTime.Date);
        Assert.Equal(expected, (run.OverriddenBy, run.OverrideReason, run.OverriddenAt!.Value.UtcDateTime.Date));
        Assert.Equal(expected, (release.OverriddenBy, release.OverrideReason, release.OverriddenAt!.Value.UtcDateTime.Date));
        Assert.Equal(outcome.ReleaseId, release.ReleaseId);
        Assert.Null(release.RefusedReason);
        Assert.Equal(RunState.Unchanged, next.State);
    }

    [Fact]
    public async Task Other_sources_begin_a_history_of_their_own()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.PublishAsync();

        project.Write(new ShopJob().With("window", "20d").With("evaluate", "{ holdout: 20%, at: [5], validation: 20% }"));
        var outcome = await project.RunAsync();

        Assert.Equal("input", (await Verdict(project, outcome.RunId)).Rules[0].Name);
    }

    [Fact]
    public async Task Where_nothing_is_to_be_compared_half_a_load_is_published()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("guard", "{ noWorseThan: [], input: none }"));
        await project.PublishAsync();

        await project.ExecuteAsync("delete from events where user_id >= '00151'");
        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
    }

    static Task<GuardVerdict> Verdict(RefreshProject project, long runId) =>
        new GuardLedger(project.Serving).VerdictAsync(runId, default);
}
