using System.Diagnostics;
using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Import;
using Xunit.Abstractions;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>The samples, loaded and read on both stores, have the counts that their description states, and are the same data.</summary>
public sealed class SampleFacts(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Online_retail_has_the_stated_counts_and_the_same_content_on_both_stores()
    {
        var types = new Dictionary<string, CsvColumnType> { ["timestamp"] = CsvColumnType.Time, ["quantity"] = CsvColumnType.Integer };
        await using var sqlite = Warehouse.Sqlite();
        await using var server = await Warehouse.PostgresAsync(postgres);

        var (fromSqlite, report) = await LoadAndReadAsync(sqlite, "online-retail/interactions.csv.gz", types, RetailSource());
        var (fromPostgres, _) = await LoadAndReadAsync(server, "online-retail/interactions.csv.gz", types, RetailSource());

        Assert.Equal(396_337, fromSqlite.Interactions.Count);
        Assert.Equal(4_334, fromSqlite.Users.Count);
        Assert.Equal(3_659, fromSqlite.Items.Count);
        Assert.Equal(266_221, DistinctPairs(fromSqlite));
        Assert.Equal(0, report.BadRows);
        Assert.Equal(ContentHash.Of(fromSqlite), ContentHash.Of(fromPostgres));
    }

    [Fact]
    public async Task Movie_tweetings_has_the_stated_counts_and_keeps_leading_zeros()
    {
        var types = new Dictionary<string, CsvColumnType> { ["rated_at"] = CsvColumnType.Time, ["rating"] = CsvColumnType.Real };
        await using var sqlite = Warehouse.Sqlite();
        await using var server = await Warehouse.PostgresAsync(postgres);
        long films = await CsvLoader.LoadAsync(
            sqlite.Database, SampleFiles.Path("movietweetings/movies.csv.gz"), "movies", types: null, progress: null,
            CancellationToken.None);

        var (fromSqlite, _) = await LoadAndReadAsync(sqlite, "movietweetings/ratings.csv.gz", types, MoviesSource());
        var (fromPostgres, _) = await LoadAndReadAsync(server, "movietweetings/ratings.csv.gz", types, MoviesSource());
        await using var session = await SourceSession.OpenAsync(sqlite.Database, CancellationToken.None);
        var catalog = await ItemReader.ReadAsync(session, MovieItems(), fromSqlite.Items, CancellationToken.None);

        Assert.Equal(100_000, fromSqlite.Interactions.Count);
        Assert.Equal(100_000, DistinctPairs(fromSqlite));
        Assert.Equal(16_554, fromSqlite.Users.Count);
        Assert.Equal(10_506, films);
        Assert.Equal(10_506, fromSqlite.Items.Count);
        Assert.Equal(ContentHash.Of(fromSqlite), ContentHash.Of(fromPostgres));
        Assert.True(fromSqlite.Items.TryFind("0002844", out int fantomas));
        Assert.Equal("Fantômas - À l'ombre de la guillotine (1913)", catalog.Titles[fantomas]);
        Assert.Equal(["Crime", "Drama"], catalog.CategoriesOf(fantomas).ToArray().Select(category => catalog.CategoryNames[category]));
        Assert.All(catalog.Titles, Assert.NotNull);
    }

    async Task<(Snapshot Snapshot, ExtractReport Report)> LoadAndReadAsync(
        Warehouse warehouse, string file, Dictionary<string, CsvColumnType> types, EventSource source)
    {
        long started = Stopwatch.GetTimestamp();
        long rows = await CsvLoader.LoadAsync(
            warehouse.Database, SampleFiles.Path(file), source.Relation.Name, types, progress: null, CancellationToken.None);
        double loadSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var read = await ExtractTestData.ReadAsync(warehouse, ExtractTestData.Request(source) with { Window = TimeSpan.FromDays(10_000) });
        double readSeconds = read.Report.Elapsed.TotalSeconds;
        output.WriteLine(
            FormattableString.Invariant($"{warehouse.Database.Settings.Provider} {file}: {rows} rows, ") +
            FormattableString.Invariant($"load {rows / loadSeconds:N0} rows/s, extract {rows / readSeconds:N0} rows/s"));
        return read;
    }

    static int DistinctPairs(Snapshot snapshot) => snapshot.Interactions.Users.Zip(snapshot.Interactions.Items).Distinct().Count();

    static EventSource RetailSource() => ExtractTestData.Source("purchases") with { Time = "timestamp", Value = "quantity" };

    static EventSource MoviesSource() => ExtractTestData.Source("ratings") with { Time = "rated_at", Value = "rating" };

    static ItemSource MovieItems() => new()
    {
        Label = "items (movies)",
        Relation = SourceRelation.Table("movies"),
        Item = "item_id",
        Title = "title",
        Categories = "genres",
        Separator = "|",
    };
}
