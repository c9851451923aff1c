using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;

namespace BatchRecs.IntegrationTests.Store;

public abstract class MigratorContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly string[] All =
        ["ledger", "releases", "locks", "privacy", "quarantine", "quality", "guards", "kinds_of_lists"];

    [Fact]
    public async Task Migrating_an_empty_store_applies_everything_and_migrating_again_nothing()
    {
        await using var other = Open(new SchemaNames { Internal = "inside", Contract = "outside" });
        var migrator = new Migrator(other, new FixedTime(Now));

        var first = Provider == StoreProvider.Postgres ? await migrator.MigrateAsync(None) : All;
        var second = await MigrateAsync();

        Assert.Equal(All, first);
        Assert.Empty(second);
    }

    [Fact]
    public async Task Migrations_started_at_once_are_applied_once()
    {
        await ExecuteAsync(Provider == StoreProvider.Postgres
            ? "drop schema batchrecs cascade; drop schema recs cascade"
            : """
              drop view releases; drop view batchrecs_contract_version; drop table batchrecs_quarantine; drop table batchrecs_stages;
              drop table batchrecs_figures; drop table batchrecs_verdicts;
              drop table batchrecs_runs; drop table batchrecs_evaluations; drop table batchrecs_releases; drop table batchrecs_recommenders;
              drop table batchrecs_locks; drop table batchrecs_privacy_key; drop table batchrecs_forgotten; drop table batchrecs_erasures;
              drop table batchrecs_prequential; drop table batchrecs_release_figures;
              drop table batchrecs_migrations
              """);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));

        Assert.Equal(All, applied.SelectMany(names => names));
    }

    [Fact]
    public async Task A_changed_migration_is_refused()
    {
        await ExecuteAsync($"update {Internal("migrations")} set checksum = 'another-checksum' where version = 1");

        var error = await Assert.ThrowsAsync<StoreException>(MigrateAsync);

        Assert.StartsWith(
            "Migration 1 (ledger) of store 'serving' has checksum another-chec, this program's has ",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_newer_than_the_program_is_refused()
    {
        await ExecuteAsync($"insert into {Internal("migrations")} (version, name, checksum, applied_at) values (99, 'future', 'x', 0)");

        var error = await Assert.ThrowsAsync<StoreException>(MigrateAsync);

        Assert.Equal(
            $"Store 'serving' has migration 99 (future), but this program knows only {All.Length}: a newer BatchRecs has migrated the " +
            "store. Run that version, or restore a copy from before the migration.",
            error.Message);
    }

    [Fact]
    public async Task The_contract_says_its_version()
    {
        var version = await QueryAsync<int>(Provider == StoreProvider.Postgres
            ? "select recs.contract_version()"
            : "select contract_version from batchrecs_contract_version");

        Assert.Equal([1], version);
    }

    [Fact]
    public async Task A_read_only_connection_refuses_writes_and_the_next_one_does_not_inherit_that()
    {
        await using (var connection = await Store.OpenAsync(readOnly: true, None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"delete from {Internal("runs")}";
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => command.ExecuteNonQueryAsync());
        }

        await ExecuteAsync($"delete from {Internal("runs")}");
    }
}

public sealed class SqliteMigratorTests() : MigratorContract(StoreProvider.Sqlite);

public sealed class PostgresMigratorTests() : MigratorContract(StoreProvider.Postgres);
