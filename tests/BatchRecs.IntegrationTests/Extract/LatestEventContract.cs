using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Extract;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>What the newest event is where times are local, on every store.</summary>
public abstract class LatestEventContract(string localTimeType)
{
    private protected abstract Task<Warehouse> CreateAsync();

    /// <summary>Around a change of the clocks later local times may mean earlier moments.</summary>
    [Theory]
    [InlineData("2023-12-01T00:00:00Z", "2023-10-29T00:45:00Z")]
    [InlineData("2023-10-29T01:30:00Z", "2023-10-29T00:45:00Z")]
    [InlineData("2023-10-29T00:44:59Z", "2023-03-26T01:30:00Z")]
    [InlineData("2023-03-26T01:29:59Z", "2023-03-26T01:15:00Z")]
    [InlineData("2023-03-26T01:14:59Z", "2023-03-26T01:10:00Z")]
    [InlineData("2023-03-26T01:09:59Z", null)]
    public async Task The_latest_of_local_times_is_the_latest_moment(string now, string? latest)
    {
        await using var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            $"create table events (user_id bigint, item_id text, at {localTimeType})",
            """
            insert into events (user_id, item_id, at) values
                (1, 'in no hour', '2023-03-26 02:30:00'), (1, 'after it', '2023-03-26 03:15:00'), (1, 'a little', '2023-03-26 03:10:00'),
                (1, 'in an hour that comes twice', '2023-10-29 02:45:00'), (1, 'too early', '1960-01-01 00:00:00'), (1, 'never', null),
                (1, 'too late', '9999-12-31 23:59:59')
            """);
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var source = Source() with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        long? found = await InteractionReader.LatestEventAsync(session, [source], Micros(now), CancellationToken.None);

        Assert.Equal(latest is null ? null : Micros(latest), found);
    }
}

public sealed class SqliteLatestEventTests() : LatestEventContract("text")
{
    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}

public sealed class PostgresLatestEventTests(PostgresFixture postgres) : LatestEventContract("timestamp"), IClassFixture<PostgresFixture>
{
    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);
}
