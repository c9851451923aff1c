using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>What the form with shared tables promises on SQLite.</summary>
public sealed class SqliteReleaseTests() : StoreContract(StoreProvider.Sqlite)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    [Fact]
    public async Task A_point_read_searches_by_release_and_user()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);

        var plan = await QueryAsync<Step>("explain query plan select item_id from movies_recommendations where user_id = 10 order by rank");

        Assert.Contains(plan, step => step.Detail == "SEARCH list USING PRIMARY KEY (release_id=? AND user_id=?)");
        Assert.DoesNotContain(plan, step => step.Detail.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_writers_get_their_turn_while_a_large_release_is_loaded()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        var items = new IntegerIdMap(IdKind.Int64, [.. Enumerable.Range(0, 100).Select(n => (long)n)]);
        await using var writer = await Releases.BeginAsync("movies", Some.Start(), items, items, Now, None);

        var other = Task.Run(() =>
            Ledger.StartAsync(new RunStart("movies", "job", "hash", "text", Now, false, "cli", LockOwner.New()), Now, None));
        int item = 0;
        do
        {
            int n = item++;
            await writer.WriteSimilarAsync([.. Enumerable.Range(1, 200_000).Select(rank => new SimilarItem(n, rank, 0, 1, "als"))], None);
        }
        while (!other.IsCompleted);

        // A writer that never gets its turn fails after the 30 seconds of the busy timeout.
        Assert.NotNull((await other).Fence);
    }

    [Fact]
    public async Task The_folder_of_the_file_is_made()
    {
        string folder = TemporaryFolders.NewPath("brst-");
        await using (var store = Databases.Open(
            new StoreSettings("new", StoreProvider.Sqlite, $"Data Source={folder}/a/b.db"), NullLoggerFactory.Instance))
        {
            await using var connection = await store.OpenAsync(readOnly: false, None);
        }

        Assert.True(File.Exists(Path.Combine(folder, "a", "b.db")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_file_is_named_with_what_to_check()
    {
        await using var store = Databases.Open(
            new StoreSettings("warehouse", StoreProvider.Sqlite, "Data Source=/nowhere/w.db"), NullLoggerFactory.Instance);

        var error = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(readOnly: true, None));

        Assert.Equal(
            "Store 'warehouse' cannot be opened: SQLite file /nowhere/w.db: SQLite Error 14: 'unable to open database file'. " +
            "Check the path in stores.warehouse.connection, that the file exists (batchrecs migrate makes it) and that it and its " +
            "folder may be read and written.",
            error.Message);
    }

    [Fact]
    public async Task Removing_a_release_goes_in_steps_and_leaves_no_row()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        var users = new IntegerIdMap(IdKind.Int64, [.. Enumerable.Range(0, 301).Select(n => (long)n)]);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "movies", users, users, length: 100), Now, None);
        int steps = 0;
        Store.BeforeStatement = name => steps += name == "releases/remove_rows" ? 1 : 0;

        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "movies", Ids, Ids), Now, None);
        await Releases.PruneAsync("movies", 1, None);

        // 30,000 rows of the main list in steps of 101 users, and one or two statements for each of the other kinds.
        Assert.Equal(4 + 2 + 2 + 2, steps);
        Assert.Equal([33], await QueryAsync<int>("select count(*) from batchrecs_movies_main"));
    }

    sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
