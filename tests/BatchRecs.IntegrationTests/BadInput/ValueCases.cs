using static BatchRecs.IntegrationTests.BadInput.BadInput;
using static BatchRecs.IntegrationTests.BadInput.BadTables;

namespace BatchRecs.IntegrationTests.BadInput;

/// <summary>Values and ids of single rows.</summary>
static class ValueCases
{
    public static IEnumerable<BadInput> Values =>
    [
        Both("values null, negative, zero, and every row twice", 0,
            Copy, Row(), Row(value: "-3"), Row(value: "0"), "insert into bad select * from bad"),
        Both("a rating of 3e38 among ratings, which enter the weights", 0,
            Copy, $"insert into bad values ('{User}', '00001', 'rating', 3e38, '2026-02-01T00:00:00Z')"),
        Postgres("value NaN", 3, Copy, Row(value: "'NaN'")),
        new("value infinite", 3, isPostgres => [Copy, Row(value: isPostgres ? "'infinity'" : "9e999")]),
        new("value minus infinity", 3, isPostgres => [Copy, Row(value: isPostgres ? "'-infinity'" : "-9e999")]),
        Both("value 1e308", 3, Copy, Row(value: "1e308")),
        Postgres("value 1e400 in a numeric column", 3, CopyWith(value: "value::numeric"), Row(value: "1e400")),
        Postgres("value 1e-400 in a numeric column", 0, CopyWith(value: "value::numeric"), Row(value: "1e-400")),
        Sqlite("value a text among numbers", 3, Copy, Row(value: "'many'")),
        Both("a value column of text", 3, CopyWith(value: "cast('5' as text)")),
        Both("a few bad rows, below rejects.maxShare", 0, Copy, Row(item: "null"), Row(item: "''"))
            .With("rejects", "{ maxShare: 0.5 }"),
    ];

    public static IEnumerable<BadInput> Ids =>
    [
        Both("user null", 3, Copy, Row(user: "null")),
        Both("item null", 3, Copy, Row(item: "null")),
        Both("user empty", 3, Copy, Row(user: "''")),
        Both("item of 10,000 bytes", 3, Copy, Row(item: $"'{new string('x', 10_000)}'")),
        Both("user of 10,000 bytes", 3, Copy, Row(user: $"'{User}{new string('x', 10_000)}'")),
        Both("items with quotes, emoji, right-to-left text, leading zeros, trailing blanks, line breaks", 0,
            Copy, Row(item: "'O''Neill \"x\"'"), Row(item: "'🎬'"), Row(item: "'שלום'"), Row(item: "'0001'"), Row(item: "'0001  '"),
            Row(item: "'a\nb'")),
        Both("user and item of 1,000 bytes", 0, Copy, Row(user: $"'{BadTables.Long(1_000)}'", item: $"'{BadTables.Long(1_000)}'")),
        Sqlite("item with a NUL", 3, Copy, Row(item: "cast(x'610062' as text)")),
        Sqlite("user with a NUL", 3, Copy, Row(user: "cast(x'610062' as text)")),
        Sqlite("item that is no UTF-8", 3, Copy, Row(item: "cast(x'ff61' as text)")),
        Sqlite("item with half a surrogate pair", 3, Copy, Row(item: "cast(x'eda080' as text)")),
        Sqlite("item a blob among texts", 3, Copy, Row(item: "x'61'")),
        Both("item ids of floating point", 3, CopyWith(item: "cast(item_id as real)")),
        Postgres("item ids numeric", 3, CopyWith(item: "item_id::numeric")),
        Postgres("item ids jsonb", 3, CopyWith(item: "to_jsonb(item_id)")),
        Postgres("item ids arrays", 3, CopyWith(item: "array[item_id]")),
        Postgres("item ids composite", 3, CopyWith(item: "e")),
        new("item ids binary", 3, isPostgres => [CopyWith(item: isPostgres ? "convert_to(item_id, 'UTF8')" : "cast(item_id as blob)")]),
        Both("item ids of another type than before", 2, CopyWith(item: "cast(item_id as integer)"))
            .With("items", ""),
        Both("user ids of different types in two sources", 3,
            Copy, "create table more as select cast(user_id as integer) as user_id, item_id, kind, value, at from events")
            .With("sources", $"[ {{ table: bad, {Columns} }}, {{ table: more, {Columns} }} ]"),
    ];

    public static IEnumerable<BadInput> Times =>
    [
        Both("time null", 3, Copy, Row(at: "null")),
        Both("time in the future", 3, Copy, Row(at: "'2026-12-24T18:00:00Z'")),
        Both("time in the year 9999", 3, Copy, Row(at: "'9999-12-31T23:59:59Z'")),
        Both("time before 1970", 3, Copy, Row(at: "'1969-12-31T23:59:59Z'")),
        Postgres("time infinite", 3, Copy, Row(at: "'infinity'"), Row(at: "'-infinity'")),
        Postgres("date beyond what timestamps hold", 3, CopyWith(at: "at::date"), Row(at: "'500000-01-01'")),
        Sqlite("time no ISO 8601", 3, Copy, Row(at: "'yesterday'")),
        Sqlite("time a number among texts", 3, Copy, Row(at: "20260201")),
        Both("time in a leap second", 0, Copy, Row(at: "'2026-01-31T23:59:60Z'")) with { SqliteExitCode = 3 },
        Both("times of different zones", 0, Copy, Row(at: "'2026-02-01T00:00:00+14:00'"), Row(at: "'2026-02-01T00:00:00-12:00'")),
        new("local times without timeZone", 3, isPostgres => [CopyWith(at: isPostgres ? "at::timestamp" : "replace(at, 'Z', '')")])
        {
            Job = job => job.With("timeZone", ""),
        },
        new("local times in the hours when clocks change", 0, isPostgres =>
            [
                CopyWith(at: isPostgres ? "at::timestamp" : "replace(at, 'Z', '')"),
                Row(at: "'2025-10-26 02:30:00'"), Row(at: "'2025-03-30 02:30:00'"),
            ]),
        Both("a time column of floating point", 3, CopyWith(at: "cast(0.5 as real)")),
        Postgres("a time column of text", 3, CopyWith(at: "at::text")),
    ];
}
