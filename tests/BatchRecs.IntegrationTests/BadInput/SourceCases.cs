using static BatchRecs.IntegrationTests.BadInput.BadInput;
using static BatchRecs.IntegrationTests.BadInput.BadTables;

namespace BatchRecs.IntegrationTests.BadInput;

/// <summary>Tables, views, queries and rights.</summary>
static class SourceCases
{
    const string Select = "select user_id, item_id, kind, value, at from bad";

    const string NoGuards =
        "{ minUsers: 0, minListLength: 0, minCoverage: 0, noWorseThan: [], input: none, control: none, champion: none }";

    static readonly BadInput[] LittleData =
    [
        Both("one event", 6, $"{Copy} where user_id = '00001' and item_id = '00001' and kind = 'purchase'"),
        Both("one user", 6, $"{Copy} where user_id = '00001'"),
        Both("one item", 6, $"{Copy} where item_id = '00001'"),
        Both("all users identical", 6,
            $"{Copy} where 1 = 0",
            "insert into bad select u.user_id, i.item_id, 'purchase', null, '2026-02-01T00:00:00Z' "
                + "from (select distinct user_id from events) as u cross join (select distinct item_id from events) as i"),
        Both("every user with one event", 6,
            $"{Copy} where 1 = 0",
            "insert into bad select user_id, min(item_id), 'purchase', null, '2026-02-01T00:00:00Z' from events group by user_id"),
        Both("every item with one event", 0,
            $"{Copy} where 1 = 0",
            "insert into bad select min(user_id), item_id, 'purchase', null, '2026-02-01T00:00:00Z' from events group by item_id"),
    ];

    public static IEnumerable<BadInput> Amounts =>
    [
        Both("an empty table", 3, $"{Copy} where 1 = 0"),
        Both("only bad rows", 3, CopyWith(item: "cast(null as text)")),
        Both("only unknown event types", 3, Copy, "update bad set kind = 'glance'"),
        new("only events before the window", 3, isPostgres =>
            [CopyWith(at: isPostgres ? "timestamptz '2020-01-01T00:00:00Z'" : "'2020-01-01T00:00:00Z'")]),
        .. LittleData,
        .. LittleData.Select(input => input.With("guard", NoGuards) with
        {
            Name = input.Name + ", without guards",
            ExitCode = 0,
            SqliteExitCode = 0,
        }),
    ];

    public static IEnumerable<BadInput> Relations =>
    [
        Both("a table that does not exist", 3).From("nowhere"),
        Both("a schema that does not exist", 3).From("nowhere.events"),
        Both("a column that does not exist", 3, Copy).With(
            "sources", "[ { table: bad, columns: { user: user_id, item: itm_id, time: at, value: value, event: kind } } ]"),
        Sqlite("a view whose table is gone", 3, Copy, $"create view bad_view as {Select}", "drop table bad").From("bad_view"),
        Postgres("a view that divides by zero at row 500", 3,
            "create table bad as select *, row_number() over (order by user_id, item_id, at, kind, value) as n from events",
            "create view bad_view as select user_id, item_id, kind, 1.0 / (500 - n) as value, at from bad").From("bad_view"),
        Postgres("a view that casts user ids and meets one that is no number", 3,
            Copy, Row(),
            "create view bad_view as select user_id::bigint as user_id, item_id, kind, value, at from bad").From("bad_view"),
        Postgres("a view whose function raises an exception", 3,
            Copy,
            "create or replace function pick(id text) returns text language plpgsql as $$ begin raise exception 'not %', id; end $$",
            "create view bad_view as select pick(user_id) as user_id, item_id, kind, value, at from bad").From("bad_view"),
        Postgres("a materialized view without data", 3,
            Copy, "create schema locked", $"create materialized view locked.stale as {Select} with no data").From("locked.stale"),
        Sqlite("a view that overflows at a row", 3,
            Copy,
            "create view bad_view as select user_id, item_id, kind, "
                + "abs(case when item_id = '00002' then -9223372036854775808 else 1 end) as value, at from bad").From("bad_view"),
        Postgres("no right on the table", 3, Copy).With("stores", BadInputMatrix.AsStranger),
        Postgres("no right on the schema", 3, "create schema locked", "create table locked.events as select * from events")
            .From("locked.events").With("stores", BadInputMatrix.AsStranger),
        Postgres("no right on a column", 3,
            Copy, $"grant select (user_id, item_id, kind, at) on bad to {BadInputMatrix.Stranger}")
            .With("stores", BadInputMatrix.AsStranger),
    ];

    public static IEnumerable<BadInput> Queries =>
    [
        OfQuery("a query with a semicolon and a comment at the end", 0, $"{Select}; -- that is all\n"),
        OfQuery("a query file with two statements", 2, $"{Select}; select 1"),
        OfQuery("a query file that writes", 2, "delete from events"),
        OfQuery("a query that writes inside", 3, "with gone as (delete from events returning *) select * from gone"),
        OfQuery("a query with a syntax error", 3, "select user_id item_id from from bad"),
        OfQuery("a query without a statement", 2, "-- later\n"),
        OfQuery("a query with one name for two columns", 3, "select user_id, user_id, item_id, kind, value, at from bad")
            with { SqliteExitCode = 0 },
        Both("a query file that does not exist", 2, Copy).With("sources", $"[ {{ query: {QueryPath}, {Columns} }} ]"),
    ];

    public static IEnumerable<BadInput> Related =>
    [
        Both("items: duplicate ids, null titles, a title of 1 MB, a category of 10,000 bytes", 0,
            Copy,
            "create table more as select item_id, title, categories from items",
            "insert into more select item_id, null, null from items",
            $"insert into more values ('00001', '{new string('t', 1_000_000)}', '{new string('c', 10_000)}'), (null, 'x', 'y')")
            .With("items", """{ table: more, columns: { item: item_id, title: title, categories: categories } }"""),
        Both("items: a table that does not exist", 3, Copy).With("items", "{ table: nowhere, columns: { item: item_id } }"),
        Both("items: ids of another type", 3, Copy, "create table more as select cast(item_id as integer) as item_id from items")
            .With("items", "{ table: more, columns: { item: item_id } }"),
        Exclusions("exclude.items: ids that nobody took, and null", 0, "select 'unheard of' as item_id union all select null"),
        Exclusions("exclude.items: ids of another type", 3, "select cast(item_id as integer) as item_id from items"),
        Exclusions("exclude.items: a table that does not exist", 3, "select item_id from nowhere"),
        Both("live.eligible: a table that does not exist", 5, Copy)
            .With("live", "{ eligible: { table: nowhere, item: item_id } }"),
        Postgres("live.eligible: ids of another type", 2, Copy, "create table more as select item_id::integer as item_id from items")
            .With("live", "{ eligible: { table: more, item: item_id } }"),
    ];

    static BadInput Exclusions(string name, int exitCode, string query) =>
        Both(name, exitCode, Copy).With("exclude", $"{{ items: {QueryPath} }}") with { Query = query };
}
