using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>The contract of extract on SQLite, and what only SQLite does: values that differ in type from their column.</summary>
public sealed class SqliteExtractTests : ExtractContract
{
    protected override string TimeType => "text";

    protected override string LocalTimeType => "text";

    protected override string Infinity => "9e999";

    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());

    [Fact]
    public async Task Values_of_another_type_than_their_column_are_bad_rows()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (user_id integer, item_id text, at text, value real)",
            """
            insert into events values
                (1, 'a', '2024-01-01', 1), ('x1', 'a', '2024-01-01', 1), (2, x'61', '2024-01-01', 1),
                (3, cast(x'ff61' as text), '2024-01-01', 1), (4, cast(x'610062' as text), '2024-01-01', 1), (5, 'a', x'00', 1),
                (6, 'a', 'yesterday', 1), (7, 'a', '2024-01-01', 'many')
            """);
        var source = Source() with { Value = "value", TimeZone = TimeZoneInfo.Utc };

        var (snapshot, report) = await ReadAsync(warehouse, Request(source) with { MaxBadShare = 1 });

        Assert.Equal(["1 a view 1 2024-01-01T00:00:00"], Lines(snapshot));
        Assert.Equal(
            new Dictionary<string, long>
            {
                [BadReasons.ItemInvalid] = 2,
                [BadReasons.ItemUnreadable] = 1,
                [BadReasons.TimeUnreadable] = 2,
                [BadReasons.UserUnreadable] = 1,
                [BadReasons.ValueNotFinite] = 1,
            },
            report.Sources[0].Bad);
    }

    [Fact]
    public async Task Columns_without_a_declared_type_are_what_most_of_their_values_are()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (user_id, item_id numeric, at, value)",
            "insert into events values ('odd', 7, 1704067200, 1), (2, 7, 1704067201, 2.5), (1, 8, 1704067202, null)");

        var (snapshot, report) = await ReadAsync(warehouse, Request(Source() with { Value = "value" }) with { MaxBadShare = 1 });

        Assert.Equal(["1 8 view NaN 2024-01-01T00:00:02", "2 7 view 2.5 2024-01-01T00:00:01"], Lines(snapshot));
        Assert.Equal(1, report.Sources[0].Bad[BadReasons.UserUnreadable]);
    }

    [Fact]
    public async Task A_time_without_zone_among_times_with_one_still_needs_the_zone()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (user_id integer, item_id text, at text)",
            "insert into events values (1, 'a', '2024-01-01T00:00:00Z'), (1, 'a', '2024-01-02 00:00')");

        var error = await Assert.ThrowsAsync<InputDataException>(() => ReadAsync(warehouse, Request(Source())));

        Assert.Contains("found '2024-01-02 00:00', which has no time zone", error.Message);
    }

    [Fact]
    public async Task A_column_of_another_case_is_found_but_a_misspelt_one_is_no_text()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (User_Id integer, item_id text, at text)", "insert into events values (1, 'a', '2024-01-01T00:00:00Z')");

        var (snapshot, _) = await ReadAsync(warehouse, Request(Source()));
        var error = await Assert.ThrowsAsync<InputDataException>(() => ReadAsync(warehouse, Request(Source() with { Item = "itm_id" })));

        Assert.Equal(1, snapshot.Interactions.Count);
        Assert.Contains("sources[0] (events), column itm_id: found no such column", error.Message);
    }

    /// <summary>What the session has looked at is a moment of the file: what others change afterwards it does not see.</summary>
    [Fact]
    public async Task A_view_that_is_dropped_after_the_look_can_still_be_read()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (user_id integer, item_id text, at text)", "insert into events values (1, 'a', '2024-01-01T00:00:00Z')",
            "create view shown as select * from events");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        await SourceProbe.LookAsync(session, Source("shown"), CancellationToken.None);

        await warehouse.RunAsync("drop view shown", "drop table events");
        var (snapshot, _) = await InteractionReader.ReadAsync(session, Request(Source("shown")), progress: null, CancellationToken.None);

        Assert.Equal(1, snapshot.Interactions.Count);
    }

    [Fact]
    public async Task A_cancelled_reading_ends_with_the_cancellation()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (user_id integer, item_id text, at text)", "insert into events values (1, 'a', '2024-01-01T00:00:00Z')");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => InteractionReader.ReadAsync(session, Request(Source()), progress: null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Progress_counts_the_rows_of_all_sources()
    {
        await using var warehouse = Warehouse.Sqlite();
        await warehouse.RunAsync(
            "create table events (user_id integer, item_id text, at text)", "insert into events values (1, 'a', '2024-01-01T00:00:00Z')");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var progress = new CollectedProgress();

        await InteractionReader.ReadAsync(session, Request(Source(), Source("events", number: 1)), progress, CancellationToken.None);

        Assert.Equal([new(1, 0, "rows", "sources[0] (events)"), new(2, 0, "rows", "sources[1] (events)")], progress.Reports);
    }

    sealed class CollectedProgress : IProgress<StageProgress>
    {
        public List<StageProgress> Reports { get; } = [];

        public void Report(StageProgress value) => Reports.Add(value);
    }
}

/// <summary>The contract of sources on SQLite.</summary>
public sealed class SqliteSourceTests : SourceContract
{
    protected override string TimeType => "text";

    protected override string BlobType => "blob";

    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}
