using BatchRecs.IntegrationTests.Support;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>How event types that the job does not know are named in reports, on every store.</summary>
public abstract class UnknownTypesContract
{
    private protected abstract Task<Warehouse> CreateAsync();

    [Fact]
    public async Task A_column_of_too_many_names_is_no_event_column_and_none_of_them_is_reported()
    {
        string[] people = [.. Enumerable.Range(0, 11).Select(n => $"person {n}")];

        var unknown = await ReadAsync(["view", "person 0", .. people]);

        Assert.Equal(new Dictionary<string, long> { ["(more than 10 names)"] = 12 }, unknown);
    }

    [Fact]
    public async Task Ten_names_are_reported_with_their_numbers()
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(n => $"name {n}")];

        var unknown = await ReadAsync([.. names, "view", .. names]);

        Assert.Equal(names.ToDictionary(name => name, _ => 2L), unknown);
    }

    [Fact]
    public async Task A_name_is_shown_in_one_short_line()
    {
        var unknown = await ReadAsync(["view", new string('x', 100), new string('y', 300), "two\nlines"]);

        Assert.Equal(["(too long)", "two\\u000alines", new string('x', 60) + "…"], unknown.Keys);
    }

    async Task<IReadOnlyDictionary<string, long>> ReadAsync(string[] kinds)
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            "create table events (user_id bigint, item_id text, at bigint, kind text)",
            $"insert into events values {string.Join(", ", kinds.Select(kind => $"(1, 'a', 1704067200, '{kind}')"))}");
        var (_, report) = await ExtractTestData.ReadAsync(warehouse, Request(Source() with { Event = "kind" }));
        return report.Sources[0].UnknownTypes;
    }
}

public sealed class SqliteUnknownTypesTests : UnknownTypesContract
{
    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}

public sealed class PostgresUnknownTypesTests(PostgresFixture postgres) : UnknownTypesContract, IClassFixture<PostgresFixture>
{
    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);
}
