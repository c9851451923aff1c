using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>Rows that could not be used are the person's too: removed on request, and shown on request.</summary>
public sealed class RejectedRowsTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Forget_removes_them_and_the_receipt_counts_them(StoreProvider serving)
    {
        await using var project = await WithRejectedRowAsync(serving);

        var receipt = await project.ForgetAsync(PrivacyProject.User);

        Assert.Equal(1, receipt.Counts.QuarantinedRows);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_removes_what_was_rejected_of_somebody_who_was_forgotten(StoreProvider serving)
    {
        await using var project = await WithRejectedRowAsync(serving);
        await project.ForgetAsync(PrivacyProject.User);
        await RejectAsync(project, position: 8);

        await project.RunAsync();

        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Export_shows_them(StoreProvider serving)
    {
        await using var project = await WithRejectedRowAsync(serving);

        var data = await project.Export().RunAsync(PrivacyProject.User, null, CancellationToken.None);

        var row = Assert.Single(data.Recommenders[0].RejectedRows);
        Assert.Equal((1L, "item is null", "item_id", "2026"), (row.RunId, row.Reason, row.ColumnName, row.TimeText));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Later_runs_do_not_even_keep_them_for_a_moment(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        await project.ExecuteAsync(
            $"insert into events select user_id, null, kind, value, at from events where user_id like '%{PrivacyProject.Word}%'");
        await project.ForgetAsync(PrivacyProject.User);
        var statements = new List<string>();
        project.Faults = new FaultPoints(statements.Add);

        var outcome = await project.RunAsync();

        Assert.Contains(" bad rows", outcome.Stages[0].Note, StringComparison.Ordinal);
        Assert.DoesNotContain("privacy/delete_quarantined", statements);
        Assert.DoesNotContain("privacy/compact", statements);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    [Fact]
    public async Task Ids_in_another_spelling_are_found()
    {
        const string User = "00000001-0000-4000-8000-0000000000ff";
        await using var project = await RefreshProject.ShopAsync(ids: IdKind.Uuid, job: PrivacyProject.QuickJob());
        await project.ExecuteAsync(
            $"insert into events select upper(user_id), null, kind, value, at from events where user_id = '{User}' limit 1");
        await project.PublishAsync();

        var data = await project.Export().RunAsync(User, null, CancellationToken.None);
        var receipt = await project.ForgetAsync(User);

        Assert.Equal("item is null", Assert.Single(data.Recommenders[0].RejectedRows).Reason);
        Assert.Equal(1, receipt.Counts.QuarantinedRows);
    }

    static async Task<RefreshProject> WithRejectedRowAsync(StoreProvider serving)
    {
        var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        await project.PublishAsync();
        string number = serving == StoreProvider.Postgres ? "bigint" : "integer";
        await ExecuteAsync(project, $"""
            create table if not exists {Table(project)} (
                run_id {number} not null, position integer not null, recommender text not null, source text not null, reason text not null,
                of_rows {number} not null, column_name text not null, user_id text, item_id text, time_text text, value_text text,
                rejected_at {number} not null, primary key (run_id, position))
            """);
        await RejectAsync(project, position: 7);
        return project;
    }

    static Task RejectAsync(RefreshProject project, int position) => ExecuteAsync(project, $"""
        insert into {Table(project)} (
            run_id, position, recommender, source, reason, of_rows, column_name, user_id, time_text, rejected_at)
        values (1, {position}, 'shop', 'events', 'item is null', 1, 'item_id', '{PrivacyProject.Quoted(PrivacyProject.User)}', '2026', 5)
        """);

    static string Table(RefreshProject project) =>
        project.Serving.Settings.Provider == StoreProvider.Postgres ? "batchrecs.quarantine" : "batchrecs_quarantine";

    static async Task ExecuteAsync(RefreshProject project, string sql)
    {
        await using var connection = await project.Serving.OpenAsync(readOnly: false, CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
