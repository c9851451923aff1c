using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using Npgsql;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>Somebody drops or alters a table of the warehouse while a run reads.</summary>
public sealed class ChangedSourceTests
{
    static readonly RetrySettings Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(50) };

    /// <summary>
    /// Also what is read after the events stays as it was: a table that is rewritten meanwhile would look empty to the run, and all
    /// titles and categories would be gone without a word.
    /// </summary>
    [Theory]
    [InlineData("drop table events")]
    [InlineData("alter table events alter column item_id type varchar(90)")]
    [InlineData("drop table items")]
    [InlineData("alter table items alter column categories type varchar(900)")]
    public async Task A_table_that_a_run_reads_cannot_be_dropped_or_altered_until_it_has_been_read(string change)
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var expected = await RefreshProject.UndisturbedAsync();
        PostgresException? refused = null;
        var watcher = AtFirstRows(() => refused = Assert.Throws<PostgresException>(
            () => project.Execute($"set lock_timeout = '50ms'; {change}")));

        var outcome = await project.RunAsync(observer: watcher);

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused?.SqlState);
        Assert.Equal(RunState.Published, outcome.State);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    /// <summary>The server ends the run's sessions, which lets the change through; the run then reads again and finds it.</summary>
    [Theory]
    [InlineData("drop table carts", "sources[1] (carts): found no such table (relation \"carts\" does not exist); expected a table ")]
    [InlineData("alter table carts rename to trolleys", "sources[1] (carts): found no such table (relation \"carts\" does not exist);")]
    [InlineData(
        "alter table carts alter column user_id type boolean using true",
        "sources[1] (carts), column user_id: found user ids of type boolean; expected smallint, int, bigint, uuid, text or varchar.")]
    [InlineData("drop table items", "items (items): found no such table (relation \"items\" does not exist); expected a table ")]
    public async Task A_table_that_changed_while_the_connection_was_gone_ends_the_run_with_its_name_and_nothing_published(
        string change, string message)
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres, job: new ShopJob().With(
            "sources",
            "[ { table: events, columns: { user: user_id, item: item_id, time: at, value: value, event: kind } }, "
                + "{ table: carts, columns: { user: user_id, item: item_id, time: at, event: kind } } ]"));
        await project.ExecuteAsync("create table carts as select * from events where item_id < '00010'");
        var before = await project.PublishAsync();
        project.Retries = Quick;
        var watcher = AtFirstRows(() =>
        {
            project.EndSessions();
            project.Execute(change);
        });

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync(fresh: true, observer: watcher));

        Assert.Equal(3, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(project.Log.Warnings, warning => warning.Contains("stage Extract did not succeed", StringComparison.Ordinal));
        var run = (await project.Ledger.GetAsync(2, default))!;
        Assert.Equal(("Failed", 3, error.Message), (run.State, run.ExitCode, run.Message));
        Assert.Equal([1L], (await project.Releases.ListAsync(ShopJob.Name, default)).Select(release => release.ReleaseId));
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    /// <summary>Does something when the first rows of a run have come, once.</summary>
    static RunWatcher AtFirstRows(Action act)
    {
        bool isDone = false;
        return new RunWatcher(progress: (stage, _) =>
        {
            if (stage != StageName.Extract || isDone)
                return;
            isDone = true;
            act();
        });
    }
}
