using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Extract;
using Npgsql;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>The contract of extract on PostgreSQL, its types, and that both stores give the same snapshot.</summary>
public sealed class PostgresExtractTests(PostgresFixture postgres) : ExtractContract, IClassFixture<PostgresFixture>
{
    protected override string TimeType => "timestamptz";

    protected override string LocalTimeType => "timestamp";

    protected override string Infinity => "'infinity'";

    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);

    [Theory]
    [InlineData("bigint", "int", "integer")]
    [InlineData("uuid", "uuid", "uuid")]
    [InlineData("text", "varchar(80)", "text")]
    public async Task The_same_rows_give_the_same_content_hash_on_both_stores(string user, string item, string sqliteType)
    {
        string Id(int n) => user switch
        {
            "uuid" => $"'{n * 7919 % 251:x8}-aaaa-4000-8000-{n:x12}'",
            "text" => $"'{(n % 3 == 0 ? "ö" : "Z")}{n * 7919 % 1009}'",
            _ => ((n * 7919 % 1009) - 500).ToString(CultureInfo.InvariantCulture),
        };
        string Row(int n) => string.Create(
            CultureInfo.InvariantCulture,
            $"({Id(n % 40)}, {Id(n % 90)}, '2024-01-{1 + (n % 28):00}T{n % 24:00}:00:00.{n:000000}Z', "
                + $"{(n % 5 == 0 ? "null" : $"{n}.25")})");
        string rows = string.Join(", ", Enumerable.Range(0, 500).Select(Row));
        await using var server = await Warehouse.PostgresAsync(postgres);
        await using var file = Warehouse.Sqlite();
        await server.RunAsync(
            $"create table events (user_id {user}, item_id {item}, at timestamptz, value real)", $"insert into events values {rows}");
        await file.RunAsync(
            $"create table events (user_id {sqliteType}, item_id {sqliteType}, at text, value real)", $"insert into events values {rows}");
        var request = Request(Source() with { Value = "value" });

        var (fromServer, _) = await ReadAsync(server, request);
        var (fromFile, _) = await ReadAsync(file, request);

        Assert.Equal(500, fromServer.Interactions.Count);
        Assert.Equal(Lines(fromServer), Lines(fromFile));
        Assert.Equal(ContentHash.Of(fromServer), ContentHash.Of(fromFile));
    }

    [Theory]
    [InlineData("smallint", IdKind.Int16)]
    [InlineData("int", IdKind.Int32)]
    [InlineData("bigint", IdKind.Int64)]
    [InlineData("text", IdKind.Text)]
    [InlineData("varchar(10)", IdKind.Text)]
    [InlineData("char(3)", IdKind.Text)]
    [InlineData("digits", IdKind.Text)]
    public async Task Ids_keep_their_type(string type, IdKind kind)
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create domain digits as text check (value ~ '^[0-9]+$')",
            $"create table events (user_id {type}, item_id {type}, at date)", "insert into events values ('12', '7', '2024-01-01')");

        var (snapshot, _) = await ReadAsync(warehouse, Request(Source() with { TimeZone = TimeZoneInfo.Utc }));

        Assert.Equal((kind, kind), (snapshot.Users.Kind, snapshot.Items.Kind));
        Assert.Equal(["12 7 view NaN 2024-01-01T00:00:00"], Lines(snapshot));
    }

    [Fact]
    public async Task Integers_of_several_widths_become_the_widest()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id smallint, item_id int, at timestamptz)", "insert into events values (1, 1, '2024-01-01Z')",
            "create table carts (user_id int, item_id smallint, at timestamptz)", "insert into carts values (1, 1, '2024-01-02Z')");

        var (snapshot, _) = await ReadAsync(warehouse, Request(Source(), Source("carts", number: 1)));

        Assert.Equal((IdKind.Int32, IdKind.Int32), (snapshot.Users.Kind, snapshot.Items.Kind));
        Assert.Equal((1, 1), (snapshot.Users.Count, snapshot.Items.Count));
    }

    [Fact]
    public async Task Infinite_times_and_not_a_number_are_bad_rows()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamp, value numeric)",
            "insert into events values (1, 1, '2024-01-01', 2.5), (2, 1, 'infinity', 1)",
            "insert into events values (3, 1, '-infinity', 1), (4, 1, '2024-01-01', 'NaN')");
        var source = Source() with { Value = "value", TimeZone = TimeZoneInfo.Utc };

        var (snapshot, report) = await ReadAsync(warehouse, Request(source) with { MaxBadShare = 1 });

        Assert.Equal(["1 1 view 2.5 2024-01-01T00:00:00"], Lines(snapshot));
        Assert.Equal(
            new Dictionary<string, long> { [BadReasons.TimeTooEarly] = 1, [BadReasons.TimeInFuture] = 1, [BadReasons.ValueNotFinite] = 1 },
            report.Sources[0].Bad);
    }

    [Fact]
    public async Task The_window_of_local_times_is_exact()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamp)",
            """
            insert into events values
                (1, 1, '2024-01-01 01:00:00'), (1, 2, '2024-01-01 01:00:01'), (1, 3, '2024-01-11 01:00:00'), (1, 4, '2024-01-11 01:00:01')
            """);
        var source = Source() with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        var (snapshot, _) = await ReadAsync(
            warehouse, Request(source) with { AsOf = Micros("2024-01-11T00:00:00Z"), Window = TimeSpan.FromDays(10) });

        Assert.Equal([2, 3], snapshot.Items.Integers.ToArray());
    }

    [Fact]
    public async Task Array_columns_are_categories_without_a_separator()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamptz)", "insert into events values (1, 1, '2024-01-01Z')",
            "create table items (id int, tags text[])", "insert into items values (1, array['a|b', 'c'])");
        var (snapshot, _) = await ReadAsync(warehouse, Request(Source()));
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var source = new ItemSource
        {
            Label = "items (items)",
            Relation = SourceRelation.Table("items"),
            Item = "id",
            Categories = "tags",
            Separator = "|",
        };

        var catalog = await ItemReader.ReadAsync(session, source, snapshot.Items, CancellationToken.None);

        Assert.Equal(["a|b", "c"], catalog.CategoryNames);
    }

    [Fact]
    public async Task A_query_that_writes_is_refused_by_the_session()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamptz)", "insert into events values (1, 1, '2024-01-01Z')",
            "create function empty_it() returns int language sql as 'delete from events returning 1'");
        var query = SourceRelation.Query("select *, empty_it() from events", "q.sql");

        var error = await Assert.ThrowsAsync<InputDataException>(
            () => ReadAsync(warehouse, Request(Source() with { Relation = query, Value = "empty_it" })));

        Assert.Contains("found a query that writes", error.Message);
        Assert.Equal(1L, await warehouse.ScalarAsync("select count(*) from events"));
    }

    /// <summary>What the run has looked at stays until it has read it: whoever drops or alters it waits.</summary>
    [Fact]
    public async Task A_view_cannot_disappear_between_the_look_and_the_reading()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamptz)", "insert into events values (1, 1, '2024-01-01Z')",
            "create view shown as select * from events");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        await SourceProbe.LookAsync(session, Source("shown"), CancellationToken.None);

        foreach (string change in (string[])["drop view shown", "alter table events drop column item_id cascade"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => warehouse.RunAsync("set lock_timeout = '50ms'", change));
            Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
        }
        var (snapshot, _) = await InteractionReader.ReadAsync(session, Request(Source("shown")), progress: null, CancellationToken.None);

        Assert.Equal(1, snapshot.Interactions.Count);
    }

    [Fact]
    public async Task All_sources_are_read_at_one_moment()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamptz)", "insert into events values (1, 1, '2024-01-01Z')");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var (before, _) = await InteractionReader.ReadAsync(session, Request(Source()), progress: null, CancellationToken.None);

        await warehouse.RunAsync("insert into events values (2, 2, '2024-01-02Z')");
        var (after, _) = await InteractionReader.ReadAsync(session, Request(Source()), progress: null, CancellationToken.None);

        Assert.Equal(ContentHash.Of(before), ContentHash.Of(after));
    }
}

/// <summary>The contract of sources on PostgreSQL, and its rights.</summary>
public sealed class PostgresSourceTests(PostgresFixture postgres) : SourceContract, IClassFixture<PostgresFixture>
{
    protected override string TimeType => "timestamptz";

    protected override string BlobType => "bytea";

    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);

    [Fact]
    public async Task A_missing_right_is_a_problem_with_the_grant_as_remedy()
    {
        await using var warehouse = await Warehouse.PostgresAsync(postgres);
        await warehouse.RunAsync(
            "create table events (user_id int, item_id int, at timestamptz)",
            "create role stranger",
            "create view shown as select * from events",
            "alter view shown owner to stranger");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        var findings = await SourceProbe.LookAsync(session, Source("shown"), CancellationToken.None);

        Assert.StartsWith("no right to read", Assert.Single(findings.Problems).Found);
        Assert.Contains("grant select", findings.Problems[0].Remedy);
    }
}
