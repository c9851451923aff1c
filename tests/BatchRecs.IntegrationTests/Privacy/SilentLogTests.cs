using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>No log and no ledger names a user, whatever happens to the user's rows.</summary>
public sealed class SilentLogTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Runs_with_bad_rows_and_every_privacy_command_stay_silent_about_who_it_is(StoreProvider store)
    {
        await using var project = await PrivacyProject.CreateAsync(store, PrivacyProject.QuickJob());
        await project.ExecuteAsync(
            $"insert into events select user_id, null, kind, value, at from events where user_id like '%{PrivacyProject.Word}%'");
        using var log = new EveryLine();
        var forgetting = new Forgetting(project.Context, log, project.Clock);
        Task<RunOutcome> RunAsync() => new RefreshRunner(project.Context, log, project.Clock).RunAsync(
            new RunRequest(RefreshProject.JobPath), new RunWatcher(), CancellationToken.None);

        var first = await RunAsync();
        await forgetting.ForgetAsync(PrivacyProject.User, null, "tester", CancellationToken.None);
        var second = await RunAsync();
        await new PersonalExport(project.Context, log, project.Clock).RunAsync(PrivacyProject.User, null, CancellationToken.None);
        await forgetting.ReadmitAsync(PrivacyProject.User, null, CancellationToken.None);

        Assert.Contains(" bad rows", first.Stages[0].Note, StringComparison.Ordinal);
        Assert.Equal(RunState.Published, second.State);
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(PrivacyProject.Word, StringComparison.Ordinal));
        Assert.Empty(await Traces.InTablesAsync(project.Serving, PrivacyProject.Word));
    }
}
