using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Extract;
using FsCheck;
using FsCheck.Fluent;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>Whatever is in the rows: reading them ends with every row accounted for.</summary>
public sealed class GarbageProperties(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly Gen<string> User = Gen.Elements(
        "null", "''", "'a'", "'b'", "'A'", "'ü'", "'🎬'", "'O''Neill'", "' '", "'a '", $"'{new string('x', 1_000)}'",
        $"'{new string('x', 1_001)}'", $"'{string.Concat(Enumerable.Repeat("ü", 501))}'");

    static readonly Gen<string> Item = Gen.Elements("null", "0", "1", "2", "-1", "9223372036854775807", "-9223372036854775808");

    static readonly Gen<string> Time = Gen.Elements(
        "null", "'2024-05-01T00:00:00Z'", "'2024-04-01T00:00:00Z'", "'2024-05-31T23:59:59.999999Z'", "'2024-05-20T00:00:00+14:00'",
        "'2024-05-20T00:00:00-12:00'", "'1970-01-01T00:00:00Z'", "'1969-12-31T23:59:59.999999Z'", "'0001-01-01T00:00:00Z'",
        "'2024-06-01T00:00:00Z'", "'2024-06-01T00:00:00.000001Z'", "'2024-05-31T00:00:00.000001Z'", "'9999-12-31T23:59:59Z'");

    static readonly Gen<string> Value = Gen.Elements(
        "null", "0", "-1", "2.5", "1e38", "1e39", "-1e39", "1e308", "1e400", "-1e400", "1e-400", "-1e-400", "1e-46", "0.1");

    static readonly Gen<string> Kind = Gen.Elements("'view'", "'cart'", "'scroll'", "''", "null", $"'{new string('k', 300)}'");

    /// <summary>Values that SQLite takes into any column.</summary>
    static readonly Gen<string> Anything = Gen.OneOf(
        User, Item, Time, Value, Kind,
        Gen.Elements("x'00'", "x'ff61'", "cast(x'ff61' as text)", "cast(x'610062' as text)", "9e999", "'12'"));

    [Fact]
    public async Task Both_stores_count_the_same_rows_for_the_same_reasons()
    {
        await using var server = await Warehouse.PostgresAsync(postgres);
        await using var file = Warehouse.Sqlite();
        await server.RunAsync("create table events (user_id text, item_id bigint, at timestamptz, value numeric, kind text)");
        await file.RunAsync("create table events (user_id text, item_id bigint, at text, value real, kind text)");

        Holds(Rows(User, Item, Time, Value, Kind), rows =>
        {
            var (fromServer, onServer) = Read(server, rows);
            var (fromFile, onFile) = Read(file, rows);

            Assert.Equal(rows.Length, onFile.RowsRead);
            Assert.Equal(Total(onFile), onFile.RowsRead);
            Assert.Equal(Total(onServer), onServer.RowsRead);
            Assert.Equal(onFile.Bad, onServer.Bad);
            Assert.Equal(onFile.UnknownTypes, onServer.UnknownTypes);
            Assert.Equal(onFile.Kept, onServer.Kept);
            Assert.Equal(fromFile, fromServer);
        });
    }

    [Fact]
    public async Task Nothing_that_SQLite_holds_in_a_column_ends_the_reading()
    {
        await using var file = Warehouse.Sqlite();
        await file.RunAsync("create table events (user_id text, item_id bigint, at text, value real, kind text)");

        Holds(Rows(Anything, Anything, Anything, Anything, Anything), rows =>
        {
            var (_, report) = Read(file, rows);

            Assert.Equal(rows.Length, report.RowsRead);
            Assert.Equal(Total(report), report.RowsRead);
        });
    }

    static Gen<string[]> Rows(Gen<string> user, Gen<string> item, Gen<string> time, Gen<string> value, Gen<string> kind) =>
        from count in Gen.Choose(0, 40)
        from rows in Gen.ArrayOf(
            from u in user
            from i in item
            from t in time
            from v in value
            from k in kind
            select $"({u}, {i}, {t}, {v}, {k})", count)
        select rows;

    static void Holds(Gen<string[]> rows, Action<string[]> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(rows.ToArbitrary(), law));

    /// <summary>Reads the rows and one more, which is good: a source without any event is an error of its own.</summary>
    static (string[] Events, SourceReport Report) Read(Warehouse warehouse, string[] rows)
    {
        string all = string.Join(", ", rows.Append("('good', 1, '2024-05-15T00:00:00Z', 1, 'view')"));
        warehouse.RunAsync("delete from events", $"insert into events values {all}").GetAwaiter().GetResult();
        var request = Request(Source() with { Value = "value", Event = "kind", TimeZone = TimeZoneInfo.Utc }) with
        {
            AsOf = Micros("2024-05-31T00:00:00Z"),
            Window = TimeSpan.FromDays(60),
            MaxBadShare = 1,
        };
        var (snapshot, report) = ReadAsync(warehouse, request).GetAwaiter().GetResult();
        var source = report.Sources[0];
        return (Lines(snapshot), source with { RowsRead = source.RowsRead - 1, Kept = source.Kept - 1 });
    }

    static long Total(SourceReport report) => report.Kept + report.BadCount + report.Outside + report.UnknownTypes.Values.Sum();
}
