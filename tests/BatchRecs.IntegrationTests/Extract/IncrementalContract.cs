using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Store.Extract;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>An incremental extract gives what a full one gives, whatever happened to the sources in between.</summary>
public abstract class IncrementalContract
{
    const int Nights = 6;
    const long Day = 86_400;

    /// <summary>The nights lie around the one in which summer time begins.</summary>
    static readonly long FirstNight = DateTimeOffset.Parse("2024-03-27T03:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    protected abstract int Histories { get; }

    protected abstract bool IsPostgres { get; }

    private protected abstract Task<Warehouse> CreateAsync();

    [Fact]
    public async Task An_incremental_extract_is_identical_to_a_full_one_on_random_histories()
    {
        await using var warehouse = await CreateAsync();
        int nights = 0, incremental = 0, found = 0;

        for (int seed = 0; seed < Histories; seed++)
        {
            var outcome = await RunHistoryAsync(warehouse, seed);
            nights += outcome.Nights;
            incremental += outcome.Incremental;
            found += outcome.Found;
        }

        Assert.Equal(Histories * Nights, nights);
        // Otherwise it would be full extracts that are compared with full ones.
        Assert.InRange(incremental, nights * 2 / 5, nights);
        Assert.InRange(found, Histories / 10, nights);
    }

    async Task<(int Nights, int Incremental, int Found)> RunHistoryAsync(Warehouse warehouse, int seed)
    {
        var random = new Random(seed);
        ChangingSource[] sources = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(n => new ChangingSource(n, random))];
        await warehouse.RunAsync([.. sources.SelectMany(source => source.Create(IsPostgres))]);
        StoredEvents? stored = null;
        int incremental = 0, found = 0;
        for (int night = 0; night < Nights; night++)
        {
            long now = FirstNight + (night * Day) + random.Next(600);
            for (int n = 0; n < sources.Length; n++)
                sources[n].Live(now, stored?.Sources[n]);
            if (random.Next(8) == 0)
                sources[0].ChangeBehindTheCut(stored?.Sources[0]);
            await warehouse.RunAsync([.. sources.Select(source => source.Fill(IsPostgres))]);

            var request = Request(sources, now - (random.Next(4) == 0 ? random.Next(5000) : 0), now);
            // What a killed run would have kept is lost, and now and then everything is.
            stored = random.Next(15) == 0 ? null : stored;
            bool isKilled = random.Next(5) == 0;
            var kept = stored;
            var outcome = await ExtractAsync(warehouse, request, stored, next => kept = isKilled ? kept : next);
            var (snapshot, report) = await ExtractTestData.ReadAsync(warehouse, request);

            string where = $"seed {seed}, night {night}, {outcome.FullBecause}";
            Assert.True(ContentHash.Of(snapshot) == ContentHash.Of(outcome.Snapshot), where);
            Assert.Equal((where, Figures(report)), (where, Figures(outcome.Report)));
            stored = kept;
            incremental += outcome.FullBecause is null ? 1 : 0;
            found += outcome.FullBecause?.Contains("the source now has", StringComparison.Ordinal) == true ? 1 : 0;
        }
        return (Nights, incremental, found);
    }

    static ExtractRequest Request(ChangingSource[] sources, long asOf, long now) => new()
    {
        Sources = [.. sources.Select(source => source.Source(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")))],
        EventTypes = ["view", "cart"],
        AsOf = asOf * 1_000_000,
        Now = now * 1_000_000,
        Window = TimeSpan.FromDays(9),
        MaxBadShare = 1,
    };

    static async Task<IncrementalExtract> ExtractAsync(
        Warehouse warehouse, ExtractRequest request, StoredEvents? stored, Action<StoredEvents> keep)
    {
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var incremental = new IncrementalRequest { Load = () => new LoadedEvents(stored), FullEvery = TimeSpan.FromDays(4), Keep = keep };
        return await IncrementalReader.ReadAsync(session, request, incremental, progress: null, CancellationToken.None);
    }

    /// <summary>Writes what came of the rows, without what depends on how they were read.</summary>
    static string Figures(ExtractReport report) => string.Join("; ", report.Sources.Select(source =>
        $"{source.RowsRead - source.Outside} rows, {source.Kept} kept, "
        + $"bad {string.Join(", ", source.Bad)}, unknown {string.Join(", ", source.UnknownTypes)}"));
}

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteIncrementalTests : IncrementalContract
{
    protected override int Histories => 300;

    protected override bool IsPostgres => false;

    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresIncrementalTests(Support.PostgresFixture postgres) : IncrementalContract, IClassFixture<Support.PostgresFixture>
{
    protected override int Histories => 60;

    protected override bool IsPostgres => true;

    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);
}
