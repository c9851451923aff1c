using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.IntegrationTests.Store;

/// <summary>A DBA runs the script; from then on the writing role needs nothing more and the reading role sees the contract only.</summary>
public sealed class PostgresMigrationScriptTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task After_the_script_the_writing_role_works_and_the_reading_role_reads_the_contract_and_nothing_else()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        // Roles belong to the whole server, so this test has names of its own.
        var roles = new RoleNames("recs_writer", "recs_reader");
        await using var store = Open(admin);
        await RunAsync(admin, new Migrator(store, new FixedTime(Now)).Script([Some.Spec("movies", again: true)], roles));
        await RunAsync(admin, "alter role recs_writer login; create role app login in role recs_reader");

        await PublishAsync(As(admin, "recs_writer"), Some.Spec("movies", again: true));
        await PublishAsync(As(admin, "recs_writer"), Some.Spec("books"));

        await using var app = Open(As(admin, "app"));
        var reader = new ServingReaderQueries(app);
        Assert.Equal(33, await reader.CountAsync("recs.movies_recommendations"));
        Assert.Equal(33, await reader.CountAsync("recs.books_recommendations"));
        Assert.Equal(3, await reader.CountAsync("recs.movies_for(0, 3)"));
        Assert.Equal(2, await reader.CountAsync("recs.releases"));
        foreach (string hidden in (string[])["batchrecs.movies_main", "batchrecs.runs", "batchrecs.movies_current"])
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => reader.CountAsync(hidden))).SqlState);
    }

    [Fact]
    public async Task The_script_may_be_run_again_and_takes_over_what_an_earlier_role_made()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        await PublishAsync(admin, Some.Spec(), pending: 6);
        await using var store = Open(admin);
        string script = new Migrator(store, new FixedTime(Now)).Script([Some.Spec()], new RoleNames("again_writer", "again_reader"));

        await RunAsync(admin, script);
        await RunAsync(admin, script);

        await RunAsync(admin, "alter role again_writer login; create role again_app login in role again_reader");
        await PublishAsync(As(admin, "again_writer"), Some.Spec());
        await using var app = Open(As(admin, "again_app"));
        var reader = new ServingReaderQueries(app);
        Assert.Equal(33, await reader.CountAsync("recs.movies_recommendations"));
        Assert.Equal(2, await reader.CountAsync("recs.releases"));
    }

    [Fact]
    public async Task The_script_lets_the_writing_role_read_the_live_relations()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        await RunAsync(
            admin, "create schema shop; create table shop.stock (article bigint); create table orders (who bigint, what bigint)");
        await RunAsync(admin, "insert into shop.stock (article) values (0), (20)");
        var spec = Some.Spec() with
        {
            Eligible = new EligibleItems("shop.stock", "article"),
            Seen = new TakenItems("orders", "who", "what"),
        };
        await using var store = Open(admin);
        await RunAsync(admin, new Migrator(store, new FixedTime(Now)).Script([spec], new RoleNames("live_writer", "live_reader")));
        await RunAsync(admin, "alter role live_writer login; create role live_app login in role live_reader");

        await PublishAsync(As(admin, "live_writer"), spec);

        await using var app = Open(As(admin, "live_app"));
        Assert.Equal(2, await new ServingReaderQueries(app).CountAsync("recs.movies_for(0, 3)"));
    }

    [Fact]
    public async Task Grants_given_by_hand_stay_when_a_recommender_is_set_up_again()
    {
        string admin = await new PostgresFixture().CreateDatabaseAsync();
        await using var store = Open(admin);
        await new Migrator(store, new FixedTime(Now)).MigrateAsync(None);
        await new ReleaseStore(store).EnsureRecommenderAsync(Some.Spec(), None);
        await RunAsync(admin, "create role guest login; grant usage on schema recs to guest; grant select on recs.movies_popular to guest");
        await RunAsync(admin, "create table stock (article bigint)");

        var changed = Some.Spec() with { Eligible = new EligibleItems("public.stock", "article") };
        await new ReleaseStore(store).EnsureRecommenderAsync(changed, None);

        await using var guest = Open(As(admin, "guest"));
        Assert.Equal(0, await new ServingReaderQueries(guest).CountAsync("recs.movies_popular"));
    }

    [Fact]
    public async Task The_script_for_SQLite_makes_a_store_that_needs_no_migration()
    {
        string file = Path.Combine(Path.GetTempPath(), "brst-" + Guid.NewGuid().ToString("N"), "store.db");
        var settings = new StoreSettings("serving", StoreProvider.Sqlite, $"Data Source={file}");
        await using (var store = Databases.Open(settings, NullLoggerFactory.Instance))
        {
            string script = new Migrator(store, new FixedTime(Now)).Script([Some.Spec()]);
            await using (var connection = await store.OpenAsync(readOnly: false, None))
                await connection.ExecuteAsync(script);

            Assert.Empty(await new Migrator(store, new FixedTime(Now)).MigrateAsync(None));
            Assert.Equal(["movies"], await new ReleaseStore(store).ListRecommendersAsync(None));
        }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    static Database Open(string connection) =>
        Databases.Open(new StoreSettings("serving", StoreProvider.Postgres, connection), NullLoggerFactory.Instance);

    static string As(string connection, string role) => new NpgsqlConnectionStringBuilder(connection) { Username = role }.ConnectionString;

    static async Task RunAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.ExecuteAsync(sql);
    }

    static async Task PublishAsync(string connection, RecommenderSpec spec, int pending = 0)
    {
        await using var store = Open(connection);
        Assert.Equal(pending, (await new Migrator(store, new FixedTime(Now)).MigrateAsync(None)).Count);
        var releases = new ReleaseStore(store);
        var ids = Some.Ids(IdKind.Int64);
        await releases.EnsureRecommenderAsync(spec, None);
        await releases.PublishAsync(await Some.ReleaseAsync(releases, spec.Name, ids, ids), Now, None);
    }

    sealed class ServingReaderQueries(Database store)
    {
        public async Task<long> CountAsync(string relation)
        {
            await using var connection = await store.OpenAsync(readOnly: true, None);
            return await connection.ExecuteScalarAsync<long>($"select count(*) from {relation}");
        }
    }
}
