using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>Rights are set up as far as the connected role may; the rest is listed for a DBA, whose run completes it.</summary>
public sealed class RightsTests
{
    [Fact]
    public async Task A_role_without_rights_gets_the_list_for_a_DBA_and_nothing_is_missing_afterwards()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        var roles = new RoleSandbox(admin);
        await roles.ExecuteAsync("create table public.events (n integer); create role plain" + roles.GetHashCode() + " login");
        string plain = new Npgsql.NpgsqlConnectionStringBuilder(admin) { Username = "plain" + roles.GetHashCode() }.ConnectionString;
        await using var asPlain = RoleSandbox.Open(plain);
        var granter = new RightsGranter(asPlain, roles.Names);

        var before = await granter.ApplyAsync(isServing: true, ["public.events"], default);
        foreach (var missing in before.Missing)
            await roles.ExecuteAsync(missing.Sql);
        await roles.LetLogInAsync();
        await using var asEtl = RoleSandbox.Open(roles.Etl);
        var after = await new RightsGranter(asEtl, roles.Names).ApplyAsync(isServing: true, ["public.events"], default);

        Assert.Contains("permission denied to create role", before.Missing[0].Reason, StringComparison.Ordinal);
        Assert.Equal((1, 11), (before.InForce, before.Missing.Count));
        Assert.Equal((12, 0), (after.InForce, after.Missing.Count));
    }

    [Fact]
    public async Task Printing_runs_nothing()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        var roles = new RoleSandbox(admin);
        await using var store = RoleSandbox.Open(admin);

        var report = new RightsGranter(store, roles.Names).Print(isServing: true, ["public.events"]);

        Assert.Equal((0, 12), (report.InForce, report.Missing.Count));
        Assert.All(report.Missing, missing => Assert.Null(missing.Reason));
        Assert.Empty(await RoleSandbox.ReadAsync(admin, "select nspname from pg_namespace where nspname in ('batchrecs', 'recs')"));
    }

    [Fact]
    public async Task A_store_that_is_only_read_needs_no_schema()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        await using var store = RoleSandbox.Open(admin);

        var report = new RightsGranter(store, new RoleNames()).Print(isServing: false, ["public.events", "Sales.\"2026", "public.events"]);

        Assert.DoesNotContain(report.Missing, missing => missing.Sql.Contains("create schema", StringComparison.Ordinal));
        Assert.Contains(
            report.Missing,
            missing => missing.Sql.Contains(
                "format('grant select on %s to %I', '\"Sales\".\"\"\"2026\"', 'batchrecs_etl')", StringComparison.Ordinal));
        Assert.Equal(6, report.Missing.Count);
    }

    [Fact]
    public async Task A_relation_that_looks_like_the_end_of_a_block_is_granted_and_nothing_in_its_name_is_run()
    {
        const string Relation = @"sh$$op.ev'e\x$$; create table intruder (n integer); do $$ begin";
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        var roles = new RoleSandbox(admin);
        await roles.ExecuteAsync($"create schema \"sh$$op\"; create table {Database.QuoteQualified(Relation)} (n integer)");

        await roles.GrantAsync(Relation);

        Assert.Equal(["0"], await RoleSandbox.ReadAsync(roles.Etl, $"select count(*) from {Database.QuoteQualified(Relation)}"));
        Assert.Equal(["0"], await RoleSandbox.ReadAsync(admin, "select count(*) from pg_class where relname = 'intruder'"));
    }

    [Theory]
    [InlineData("", "reader")]
    [InlineData("public", "reader")]
    [InlineData("pg_monitor", "reader")]
    [InlineData("a$b", "reader")]
    [InlineData("same", "same")]
    [InlineData("writer", "a_name_that_has_more_than_sixty_three_bytes_would_be_cut_without_a_word")]
    public async Task A_name_that_no_role_can_have_is_refused(string etl, string reader)
    {
        await using var store = RoleSandbox.Open("Host=nowhere;Database=none;Username=nobody");

        Assert.Throws<ConfigurationException>(() => new RightsGranter(store, new RoleNames(etl, reader)).Print(isServing: true, []));
    }
}
