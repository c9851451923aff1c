using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>The application lists people in tables of its own, and every run does as they say.</summary>
public sealed class PrivacyListsTests
{
    const string Forget = "{ forget: jobs/queries/to_forget.sql }";
    const string OptOut = "{ optOut: jobs/queries/no_profile.sql }";

    [Fact]
    public async Task A_list_is_worked_off_although_there_is_no_room_for_the_run()
    {
        var job = PrivacyProject.QuickJob().With("privacy", "{ forget: jobs/queries/gone.sql }");
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, job);
        await PrivacyProject.ListAsync(project, "gone");
        await project.PublishAsync();
        await project.ExecuteAsync($"insert into gone values ('{PrivacyProject.Quoted(PrivacyProject.User)}')");
        project.Write(job.With("limits", "{ memory: 1kB }"));

        await Assert.ThrowsAsync<ResourceException>(() => project.RunAsync());

        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_forgets_whom_the_list_names(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob().With("privacy", Forget));
        await PrivacyProject.ListAsync(project, "to_forget");
        await project.PublishAsync();
        await project.ExecuteAsync($"insert into to_forget values ('{PrivacyProject.Quoted(PrivacyProject.User)}')");

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.EndsWith(", 1 user left out (0 opted out, 1 forgotten)", outcome.Stages[0].Note, StringComparison.Ordinal);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
        Assert.Equal([1L, 2L], (await project.Releases.ListAsync(ShopJob.Name, default)).Select(release => release.ReleaseId).Order());
    }

    [Fact]
    public async Task A_list_that_has_been_worked_off_makes_no_more_work()
    {
        await using var project = await PrivacyProject.CreateAsync(
            StoreProvider.Sqlite, PrivacyProject.QuickJob().With("privacy", Forget));
        await PrivacyProject.ListAsync(project, "to_forget", PrivacyProject.User, "nobody");
        await project.PublishAsync();

        var again = await project.RunAsync();

        Assert.Equal(RunState.Unchanged, again.State);
        Assert.Equal(StageResult.Loaded, again.Stages.Single(stage => stage.Stage == StageName.Train).Result);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Users_who_opted_out_get_the_popular_list_and_are_not_learnt_from(StoreProvider serving)
    {
        await using var without = await RefreshProject.ShopAsync(serving, job: PrivacyProject.QuickJob());
        var expected = await without.PublishAsync();
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob().With("privacy", OptOut));
        await PrivacyProject.ListAsync(project, "no_profile", PrivacyProject.User, "a customer without events");

        var outcome = await project.RunAsync();

        Assert.EndsWith(", 1 user left out (1 opted out, 0 forgotten)", outcome.Stages[0].Note, StringComparison.Ordinal);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        var reader = new ServingReader(project.Serving);
        Assert.False(await reader.HasListAsync(ShopJob.Name, PrivacyProject.User, default));
        Assert.All(
            await reader.RecommendationsAsync(ShopJob.Name, PrivacyProject.User, 5, "all", default),
            row => Assert.Equal("popular", row.Source));
    }

    [Fact]
    public async Task Users_who_opt_in_again_get_lists_again()
    {
        await using var project = await PrivacyProject.CreateAsync(
            StoreProvider.Sqlite, PrivacyProject.QuickJob().With("privacy", OptOut));
        await PrivacyProject.ListAsync(project, "no_profile");
        var before = await project.PublishAsync();
        await project.ExecuteAsync("insert into no_profile values ('00001')");
        await project.PublishAsync();
        await project.ExecuteAsync("delete from no_profile");

        var after = await project.PublishAsync();

        Assert.Equal(before.All, after.All);
    }

    [Theory]
    [InlineData("forget", "to_forget")]
    [InlineData("optOut", "no_profile")]
    public async Task A_list_that_is_not_there_ends_the_run(string key, string table)
    {
        var job = PrivacyProject.QuickJob().With("privacy", key == "forget" ? Forget : OptOut);
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, job);
        await PrivacyProject.ListAsync(project, table);
        await project.ExecuteAsync($"drop table {table}");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.StartsWith(
            $"privacy.{key} (jobs/queries/{table}.sql): found no such table", error.Message, StringComparison.Ordinal);
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, default));
    }

    [Theory]
    [InlineData("forget", "to_forget")]
    [InlineData("optOut", "no_profile")]
    public async Task A_list_of_ids_of_another_type_ends_the_run(string key, string table)
    {
        var job = PrivacyProject.QuickJob().With("privacy", key == "forget" ? Forget : OptOut);
        await using var project = await RefreshProject.ShopAsync(ids: IdKind.Int32, job: job);
        await PrivacyProject.ListAsync(project, table, "Anna");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.StartsWith(
            $"privacy.{key} (jobs/queries/{table}.sql), column user_id: found user ids that are text",
            error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Check_says_that_a_list_is_not_there(StoreProvider store)
    {
        var job = PrivacyProject.QuickJob().With("privacy", OptOut);
        await using var project = await RefreshProject.ShopAsync(store, job: job);
        await PrivacyProject.ListAsync(project, "no_profile");
        await project.ExecuteAsync("drop table no_profile");

        var check = await new JobChecker(project.Context, project.Log, project.Clock).CheckAsync(RefreshProject.JobPath, default);

        var finding = Assert.Single(check.Findings);
        Assert.Equal((Severity.Error, "privacy"), (finding.Severity, finding.Where));
        Assert.StartsWith("privacy.optOut (jobs/queries/no_profile.sql): found no such table", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_left_to_learn_from_is_an_error()
    {
        await using var project = await PrivacyProject.CreateAsync(
            StoreProvider.Sqlite, PrivacyProject.QuickJob().With("privacy", OptOut));
        await PrivacyProject.ListAsync(project, "no_profile");
        await project.ExecuteAsync("insert into no_profile select distinct user_id from events");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.StartsWith("All 301 users with events have opted out or were forgotten", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_leaves_out_the_same_users()
    {
        await using var project = await PrivacyProject.CreateAsync(
            StoreProvider.Sqlite, PrivacyProject.QuickJob().With("privacy", OptOut));
        await PrivacyProject.ListAsync(project, "no_profile", "00002");
        await project.ForgetAsync(PrivacyProject.User);
        string note = "";
        var watcher = new RunWatcher(report => note += report.Stage == StageName.Extract ? report.Note : "");

        await new Measurement(project.Context, project.Log, project.Clock).RunAsync(
            new MeasurementRequest(RefreshProject.JobPath, []), watcher, default);

        Assert.EndsWith(", 2 users left out (1 opted out, 1 forgotten)", note, StringComparison.Ordinal);
    }
}
