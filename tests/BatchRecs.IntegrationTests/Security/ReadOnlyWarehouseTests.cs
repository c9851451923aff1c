using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>Whatever a query file holds, the warehouse is not written to.</summary>
public sealed class ReadOnlyWarehouseTests
{
    const string Function = """
        create function leak() returns text language plpgsql volatile as $$
        begin
            insert into events (user_id) values ('written');
            return 'leaked';
        end
        $$
        """;

    [Theory]
    [InlineData("select e.*, leak() as leaked from events as e")]
    [InlineData("select e.* from events as e where leak() is not null")]
    public async Task A_function_that_writes_is_refused_with_the_reason(string query)
    {
        await using var project = await ProjectAsync(query);
        await project.ExecuteAsync(Function);

        var error = await Assert.ThrowsAnyAsync<BatchRecsException>(() => project.RunAsync());

        Assert.Contains("jobs/queries/own.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await WrittenAsync(project));
    }

    [Theory]
    [InlineData("with gone as (delete from events returning *) select * from gone")]
    [InlineData("select * from events) to stdout; delete from events; select (1")]
    [InlineData("select 1 as user_id); drop table events; --")]
    [InlineData("update events set user_id = 'written' returning *")]
    public async Task A_statement_that_writes_is_refused(string query)
    {
        await using var project = await ProjectAsync(query);

        await Assert.ThrowsAnyAsync<BatchRecsException>(() => project.RunAsync());

        Assert.Equal(["0"], await WrittenAsync(project));
        Assert.Equal(
            [$"{SomeShop.Events.Count}"],
            await RoleSandbox.ReadAsync(project.Settings["warehouse"].Connection, "select cast(count(*) as text) from events"));
    }

    static async Task<RefreshProject> ProjectAsync(string query)
    {
        var project = await RefreshProject.ShopAsync(StoreProvider.Postgres, job: new ShopJob().With(
            "sources",
            "[ { query: jobs/queries/own.sql, columns: { user: user_id, item: item_id, time: at, value: value, event: kind } } ]"));
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        File.WriteAllText(project.InFolder("jobs/queries/own.sql"), query);
        return project;
    }

    static Task<string[]> WrittenAsync(RefreshProject project) => RoleSandbox.ReadAsync(
        project.Settings["warehouse"].Connection, "select cast(count(*) as text) from events where user_id = 'written'");
}
