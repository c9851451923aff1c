using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Quarantine;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>What reading events promises on every store.</summary>
public abstract class ExtractContract
{
    /// <summary>Type of a time column whose values say their zone.</summary>
    protected abstract string TimeType { get; }

    /// <summary>Type of a time column without a zone.</summary>
    protected abstract string LocalTimeType { get; }

    /// <summary>An infinite number as a literal.</summary>
    protected abstract string Infinity { get; }

    private protected abstract Task<Warehouse> CreateAsync();

    string Events(string user = "bigint", string item = "text") =>
        $"create table events (user_id {user}, item_id {item}, at {TimeType}, value double precision, kind text)";

    [Fact]
    public async Task Events_arrive_in_the_one_order()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            """
            insert into events (user_id, item_id, at, value) values
                (10, 'b', '2024-01-02T00:00:00Z', 2.5),
                (9, 'b', '2024-01-03T00:00:00Z', null),
                (10, 'a', '2024-01-01T12:30:00.123456Z', -1),
                (9, 'b', '2024-01-01T01:00:00+01:00', 4)
            """);

        var (snapshot, report) = await ReadAsync(warehouse, Request(Source() with { Value = "value" }));

        Assert.Equal(
            [
                "9 b view 4 2024-01-01T00:00:00",
                "9 b view NaN 2024-01-03T00:00:00",
                "10 a view -1 2024-01-01T12:30:00.123456",
                "10 b view 2.5 2024-01-02T00:00:00",
            ],
            Lines(snapshot));
        Assert.Equal(Micros("2024-01-03T00:00:00Z"), snapshot.DataUntil);
        Assert.Equal(Micros("2024-01-01T00:00:00Z"), report.Oldest);
        Assert.Equal((4, 4, 0), (report.RowsRead, report.Kept, report.BadRows));
    }

    [Fact]
    public async Task The_window_leaves_out_its_start_and_keeps_as_of_and_what_lies_outside_is_not_bad()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            """
            insert into events (user_id, item_id, at) values
                (1, 'at start', '2024-01-01T00:00:00Z'), (1, 'just inside', '2024-01-01T00:00:00.000001Z'),
                (1, 'at as-of', '2024-01-11T00:00:00Z'), (1, 'after as-of', '2024-01-11T00:00:00.000001Z'),
                (null, 'outside and bad', '2023-01-01T00:00:00Z')
            """);
        var request = Request(Source()) with { AsOf = Micros("2024-01-11T00:00:00Z"), Window = TimeSpan.FromDays(10) };

        var (snapshot, report) = await ReadAsync(warehouse, request);

        Assert.Equal(["at as-of", "just inside"], snapshot.Items.Texts.ToArray());
        Assert.Equal(0, report.BadRows);
    }

    [Fact]
    public async Task Bad_rows_are_counted_by_reason_and_the_first_are_named_without_their_users()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            $"""
            insert into events (user_id, item_id, at, value) values
                (1, 'good', '2024-01-01T00:00:00Z', 1),
                (null, 'a', '2024-01-01T00:00:00Z', 1),
                (2, null, '2024-01-01T00:00:00Z', 1),
                (3, '', '2024-01-01T00:00:00Z', 1),
                (4, 'a', null, 1),
                (5, 'a', '2024-06-01T00:00:01Z', 1),
                (6, 'a', '1969-12-31T23:59:59Z', 1),
                (7, 'a', '2024-01-01T00:00:00Z', {Infinity}),
                (8, 'a', '2024-01-01T00:00:00Z', 1e39)
            """);
        var rejected = new RejectedRows(perReason: 1);

        var (snapshot, report) = await ReadAsync(
            warehouse, Request(Source() with { Value = "value" }) with { MaxBadShare = 1, ShowBadRows = 20, Rejected = rejected });

        Assert.Equal(["1 good view 1 2024-01-01T00:00:00"], Lines(snapshot));
        Assert.Equal(
            new Dictionary<string, long>
            {
                [BadReasons.ItemEmpty] = 1,
                [BadReasons.ItemNull] = 1,
                [BadReasons.TimeInFuture] = 1,
                [BadReasons.TimeNull] = 1,
                [BadReasons.TimeTooEarly] = 1,
                [BadReasons.UserNull] = 1,
                [BadReasons.ValueNotFinite] = 2,
            },
            report.Sources[0].Bad);
        const string Label = "sources[0] (events)";
        Assert.Contains(new BadRow(Label, BadReasons.TimeInFuture, "at", "a", "2024-06-01T00:00:01Z"), report.Sources[0].FirstBad);
        Assert.Contains(new BadRow(Label, BadReasons.UserNull, "user_id", "a", "2024-01-01T00:00:00Z"), report.Sources[0].FirstBad);
        Assert.Equal(8, report.Sources[0].FirstBad.Count);
        Assert.Equal(7, rejected.Rows.Count);
        Assert.Contains(
            new QuarantinedRow(Label, BadReasons.TimeInFuture, 1, "at", "5", "a", "2024-06-01T00:00:01Z", "1"), rejected.Rows);
        Assert.Contains(
            rejected.Rows, row => row is { Reason: BadReasons.ValueNotFinite, OfRows: 2, Column: "value", User: "7" or "8" });
    }

    [Fact]
    public async Task Too_many_bad_rows_are_refused_with_count_share_limit_and_the_first_of_them()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            "insert into events (user_id, item_id, at) values (1, 'a', '2024-01-01T00:00:00Z'), (null, 'b', '2024-01-01T00:00:00Z')");

        var error = await Assert.ThrowsAsync<InputDataException>(() => ReadAsync(warehouse, Request(Source())));

        Assert.StartsWith("sources[0] (events): 1 of 2 rows are bad (50.00 %: 1 user is null); at most 1.00 % are allowed.", error.Message);
        Assert.Contains("user is null (column user_id): item b, time 2024-01-01T00:00:00Z", error.Message);
    }

    [Fact]
    public async Task Event_names_are_translated_and_rows_of_unknown_types_are_counted_but_leave_no_trace()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            """
            insert into events (user_id, item_id, at, kind) values
                (1, 'a', '2024-01-01T00:00:00Z', 'view'), (1, 'a', '2024-01-02T00:00:00Z', 'addToCart'),
                (2, 'b', '2024-01-01T00:00:00Z', 'scroll'), (3, 'c', '2024-01-01T00:00:00Z', null),
                (null, 'd', '2024-01-01T00:00:00Z', 'scroll')
            """);
        var source = Source() with { Event = "kind", EventNames = new Dictionary<string, string> { ["addToCart"] = "cart" } };

        var (snapshot, report) = await ReadAsync(warehouse, Request(source));

        Assert.Equal(["1 a view NaN 2024-01-01T00:00:00", "1 a cart NaN 2024-01-02T00:00:00"], Lines(snapshot));
        Assert.Equal(["cart", "view"], snapshot.EventTypes);
        Assert.Equal(new Dictionary<string, long> { ["(null)"] = 1, ["scroll"] = 2 }, report.Sources[0].UnknownTypes);
        Assert.Equal((1, 1, 0), (snapshot.Users.Count, snapshot.Items.Count, report.BadRows));
    }

    [Fact]
    public async Task Several_sources_share_their_ids()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            $"create table carts (user_id bigint, item_id text, at {TimeType})",
            "insert into events (user_id, item_id, at) values (2, 'b', '2024-01-01T00:00:00Z')",
            "insert into carts (user_id, item_id, at) values (2, 'b', '2024-01-02T00:00:00Z'), (1, 'a', '2024-01-03T00:00:00Z')");

        var (snapshot, report) = await ReadAsync(warehouse, Request(Source(), Source("carts", number: 1) with { ConstantEvent = "cart" }));

        Assert.Equal(
            ["1 a cart NaN 2024-01-03T00:00:00", "2 b view NaN 2024-01-01T00:00:00", "2 b cart NaN 2024-01-02T00:00:00"], Lines(snapshot));
        Assert.Equal([1, 2], report.Sources.Select(source => source.Kept));
    }

    [Fact]
    public async Task Ids_of_different_types_are_refused_naming_both_sources()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(), $"create table carts (user_id text, item_id text, at {TimeType})",
            "insert into events (user_id, item_id, at) values (1, 'a', '2024-01-01T00:00:00Z')");

        var error = await Assert.ThrowsAsync<InputDataException>(() => ReadAsync(warehouse, Request(Source(), Source("carts", number: 1))));

        Assert.StartsWith("sources[1] (carts): the user ids are text, but those of sources[0] (events) are integers.", error.Message);
    }

    [Fact]
    public async Task An_empty_result_says_window_as_of_newest_event_and_what_to_check()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(Events(), "insert into events (user_id, item_id, at) values (1, 'a', '2011-12-09T12:50:00Z')");

        var error = await Assert.ThrowsAsync<InputDataException>(
            () => ReadAsync(warehouse, Request(Source()) with { Window = TimeSpan.FromDays(30) }));

        Assert.StartsWith(
            "No event was found after 2024-05-02T00:00:00Z and up to as-of 2024-06-01T00:00:00Z (window 30 d).", error.Message);
        Assert.Contains("The newest event of all sources is of 2011-12-09T12:50:00Z.", error.Message);
        Assert.Contains("asOf: latest-event", error.Message);
    }

    [Fact]
    public async Task The_latest_event_is_the_newest_that_is_not_in_the_future()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(), $"create table carts (user_id bigint, item_id text, at {TimeType})",
            "insert into events (user_id, item_id, at) values (1, 'a', '2024-03-01T00:00:00Z'), (1, 'a', '2999-01-01T00:00:00Z')",
            "insert into carts (user_id, item_id, at) values (1, 'a', '2024-04-01T00:00:00Z')");
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        Assert.Equal(
            Micros("2024-04-01T00:00:00Z"),
            await InteractionReader.LatestEventAsync(session, [Source(), Source("carts", number: 1)], Now, CancellationToken.None));
        Assert.Null(await InteractionReader.LatestEventAsync(session, [Source()], now: 0, CancellationToken.None));
    }

    [Fact]
    public async Task Text_ids_survive_whatever_is_in_them_and_sort_by_their_bytes()
    {
        string[] sorted = ["\"quoted\"", "'", "007", "7", "A", "a", "a b", "a\tb", "\\N", "\u00e4", "\ufffd", "\U0001F600"];
        Array.Sort(sorted, TextIdMap.Order);
        await using var warehouse = await CreateAsync();
        string rows = string.Join(
            ", ", sorted.Reverse().Select(id => $"('{id.Replace("'", "''")}', '{id.Replace("'", "''")}', '2024-01-01T00:00:00Z')"));
        await warehouse.RunAsync(Events(user: "text"), $"insert into events (user_id, item_id, at) values {rows}");

        var (snapshot, _) = await ReadAsync(warehouse, Request(Source()));

        Assert.Equal(sorted, snapshot.Users.Texts.ToArray());
        Assert.Equal(Enumerable.Range(0, sorted.Length), snapshot.Interactions.Items);
    }

    [Fact]
    public async Task A_query_is_taken_as_it_is()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            Events(),
            "insert into events (user_id, item_id, at) values (1, 'a', '2024-01-01T00:00:00Z'), (2, 'b', '2024-01-01T00:00:00Z')");
        var query = SourceRelation.Query(
            """
            -- {time} and {source} are no tokens here
            with kept as (select * from events where item_id <> '{user};')
            select user_id as "The User", item_id, at from kept where user_id = 2; -- the end
            """,
            "jobs/queries/kept.sql");

        var (snapshot, _) = await ReadAsync(warehouse, Request(Source() with { Relation = query, User = "The User" }));

        Assert.Equal(["2 b view NaN 2024-01-01T00:00:00"], Lines(snapshot));
    }

    [Fact]
    public async Task Local_times_need_a_zone_and_are_read_in_it()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            $"create table events (user_id bigint, item_id text, at {LocalTimeType})",
            """
            insert into events (user_id, item_id, at) values
                (1, 'winter', '2023-01-15 12:00:00'), (2, 'never', '2023-03-26 02:30:00'), (3, 'summer', '2023-07-15 12:00:00'),
                (4, 'twice', '2023-10-29 02:30:00'), (5, 'once more', '2023-10-29 03:30:00')
            """);

        var error = await Assert.ThrowsAsync<InputDataException>(() => ReadAsync(warehouse, Request(Source())));
        var (snapshot, _) = await ReadAsync(
            warehouse, Request(Source() with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }));

        Assert.Contains("Set timeZone in the job file", error.Message);
        Assert.Equal(
            [
                "1 winter view NaN 2023-01-15T11:00:00",
                "2 never view NaN 2023-03-26T01:30:00",
                "3 summer view NaN 2023-07-15T10:00:00",
                "4 twice view NaN 2023-10-29T00:30:00",
                "5 once more view NaN 2023-10-29T02:30:00",
            ],
            Lines(snapshot));
    }

    [Fact]
    public async Task Integer_times_are_read_in_their_unit()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            "create table events (user_id bigint, item_id text, at bigint)",
            "insert into events values (1, 'in', 1704067200123), (1, 'overflow', 9223372036854775807), (1, 'negative', -1)");

        var (snapshot, report) = await ReadAsync(
            warehouse, Request(Source() with { IntegerTime = IntegerTime.Milliseconds }) with { MaxBadShare = 1 });

        Assert.Equal(["1 in view NaN 2024-01-01T00:00:00.123"], Lines(snapshot));
        Assert.Equal(new Dictionary<string, long> { [BadReasons.TimeTooEarly] = 1, [BadReasons.TimeInFuture] = 1 }, report.Sources[0].Bad);
    }
}
