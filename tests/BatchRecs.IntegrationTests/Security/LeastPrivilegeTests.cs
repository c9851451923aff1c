using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>With the listed grants and no other the writing role does everything, and the reading role sees the contract only.</summary>
public sealed class LeastPrivilegeTests
{
    /// <summary>Everything that exists outside the two schemas, with owners and rights, and the rows of the shop.</summary>
    const string Outside = """
        select format('%s %s %s %s %s', home.nspname, made.relname, made.relkind, pg_get_userbyid(made.relowner), made.relacl)
        from pg_class as made
        join pg_namespace as home on home.oid = made.relnamespace
        where home.nspname not in ('batchrecs', 'recs', 'pg_toast')
        union all
        select format('%s %s %s', cast(cast(made.oid as regprocedure) as text), pg_get_userbyid(made.proowner), made.proacl)
        from pg_proc as made
        join pg_namespace as home on home.oid = made.pronamespace
        where home.nspname not in ('batchrecs', 'recs')
        union all
        select format('%s %s %s', nspname, pg_get_userbyid(nspowner), nspacl) from pg_namespace
        union all
        select format('extension %s', extname) from pg_extension
        union all
        select format('trigger %s', trigger.tgname)
        from pg_trigger as trigger
        join pg_class as made on made.oid = trigger.tgrelid
        join pg_namespace as home on home.oid = made.relnamespace
        where home.nspname not in ('batchrecs', 'recs')
        union all
        select format('event trigger %s', evtname) from pg_event_trigger
        union all
        select format('database %s %s', datname, datacl) from pg_database where datname = current_database()
        union all
        select format('setting %s %s', setdatabase, setconfig) from pg_db_role_setting
        union all
        select cast(events as text) from public.events
        union all
        select cast(items as text) from public.items
        order by 1
        """;

    [Fact]
    public async Task The_writing_role_refreshes_rolls_back_prunes_and_recreates_and_touches_nothing_outside_its_schemas()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var roles = new RoleSandbox(project.Settings["serving"].Connection);
        await roles.GrantAsync("public.events", "public.items");
        await roles.ExecuteAsync("revoke temporary, connect on database " + DatabaseOf(project) + " from public");
        string[] before = await RoleSandbox.ReadAsync(project.Settings["serving"].Connection, Outside);
        var context = As(project, roles.Etl);

        Assert.Equal(RunState.Published, (await RunAsync(project, context)).State);
        project.Write(new ShopJob().With("seed", "7"));
        Assert.Equal(RunState.Published, (await RunAsync(project, context)).State);
        await using (var store = RoleSandbox.Open(roles.Etl))
        {
            var releases = new ReleaseStore(store);
            await releases.RollbackAsync(ShopJob.Name, null, project.Clock.GetUtcNow(), default);
            File.WriteAllText(
                project.InFolder("jobs/prune.yaml"),
                "kind: prune\nreleases: { keep: 1 }\nartifacts: { maxSize: 1kB }\nledger: { maxAge: 1d }\n");
            var pruned = await new PruneRunner(context, project.Log, project.Clock).RunAsync("jobs/prune.yaml", isDryRun: false, default);
            Assert.Equal([2L], pruned.Recommenders.Single().Releases);
            await releases.DropRecommenderAsync(ShopJob.Name, default);
        }
        Assert.Equal(RunState.Published, (await RunAsync(project, context)).State);

        Assert.Equal(before, await RoleSandbox.ReadAsync(project.Settings["serving"].Connection, Outside));
    }

    [Fact]
    public async Task The_writing_role_owns_its_two_schemas_and_nothing_else()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var roles = new RoleSandbox(project.Settings["serving"].Connection);
        await roles.GrantAsync("public.events", "public.items");

        await RunAsync(project, As(project, roles.Etl));

        Assert.Equal(
            ["batchrecs", "recs"],
            await RoleSandbox.ReadAsync(
                roles.Etl, "select nspname from pg_namespace where pg_get_userbyid(nspowner) = current_user order by 1"));
        Assert.Equal(
            ["batchrecs", "pg_toast", "recs"],
            await RoleSandbox.ReadAsync(
                roles.Etl,
                "select distinct nspname from pg_class join pg_namespace as home on home.oid = relnamespace "
                + "where pg_get_userbyid(relowner) = current_user order by 1"));
        foreach (string refused in (string[])[
            "create table public.mine (n integer)", "create schema mine", "insert into public.events default values",
            "update public.items set title = ''", "drop table public.items", "create role mine", "create extension file_fdw"])
            Assert.Equal("42501", await RoleSandbox.RefusalAsync(roles.Etl, refused) is "42501" or "42P01" ? "42501" : refused);
    }

    [Fact]
    public async Task The_reading_role_reads_every_view_and_function_of_the_contract_and_nothing_else()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var roles = new RoleSandbox(project.Settings["serving"].Connection);
        await roles.GrantAsync("public.events", "public.items");
        await RunAsync(project, As(project, roles.Etl));

        string[] views = await RoleSandbox.ReadAsync(
            roles.Reader, "select format('%I.%I', schemaname, viewname) from pg_views where schemaname = 'recs' order by 1");
        Assert.Equal(
            [
                "recs.releases", "recs.shop_again", "recs.shop_items", "recs.shop_popular", "recs.shop_recommendations",
                "recs.shop_similar_items",
            ],
            views);
        foreach (string readable in (string[])[.. views, "recs.shop_for('00001', 5)"])
            Assert.Null(await RoleSandbox.RefusalAsync(roles.Reader, $"select count(*) from {readable}"));

        string[] hidden = await RoleSandbox.ReadAsync(
            roles.Etl,
            "select format('%I.%I', nspname, relname) from pg_class join pg_namespace as home on home.oid = relnamespace "
            + "where nspname = 'batchrecs' and relkind in ('r', 'p', 'v', 'S') order by 1");
        Assert.True(hidden.Length > 20, string.Join(", ", hidden));
        foreach (string relation in hidden.Append("public.events").Append("public.items"))
            Assert.Equal(
                (relation, "42501"), (relation, await RoleSandbox.RefusalAsync(roles.Reader, $"select * from {relation} limit 0")));
        foreach (string refused in (string[])[
            "create table recs.mine (n integer)", "create table batchrecs.mine (n integer)", "create view recs.mine as select 1 as n",
            "create table public.mine (n integer)", "create schema mine", "drop view recs.shop_popular",
            "update batchrecs.shop_current set release_id = 1", "update recs.releases set run_id = 1",
            "delete from recs.shop_recommendations", "set role postgres",
            "create function recs.shop_for(text, integer, text) returns integer language sql as 'select 1'"])
            Assert.Equal((refused, "42501"), (refused, await RoleSandbox.RefusalAsync(roles.Reader, refused) is "42501" or "55000"
                ? "42501" : "allowed"));
    }

    [Fact]
    public async Task What_the_writing_role_lacks_is_named_and_nothing_is_half_done()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        var roles = new RoleSandbox(project.Settings["serving"].Connection);
        await roles.GrantAsync("public.items");

        var error = await Assert.ThrowsAsync<Core.Errors.InputDataException>(() => RunAsync(project, As(project, roles.Etl)));

        Assert.Contains("permission denied for table events", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await RoleSandbox.ReadAsync(roles.Etl, "select cast(count(*) as text) from recs.releases"));
    }

    static Task<RunOutcome> RunAsync(RefreshProject project, ProjectContext context) =>
        new RefreshRunner(context, project.Log, project.Clock).RunAsync(
            new RunRequest(RefreshProject.JobPath, Trigger: "test"), new RunWatcher(), default);

    static ProjectContext As(RefreshProject project, string connection) => project.Context with
    {
        Stores = project.Settings.ToDictionary(store => store.Key, store => store.Value with { Connection = connection }),
    };

    static string DatabaseOf(RefreshProject project) =>
        new Npgsql.NpgsqlConnectionStringBuilder(project.Settings["serving"].Connection).Database!;
}
