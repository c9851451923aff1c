using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Privacy;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>What is checked in the database before a release may become current; each test spoils one thing by SQL.</summary>
/// <remarks>Of twelve users, user u has the items u, u + 1, u + 2; the last user has no list. Ids are ten times the index.</remarks>
public abstract class VerifyContract(StoreProvider provider) : StoreContract(provider)
{
    protected static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    protected long Release { get; private set; }

    [Fact]
    public async Task What_was_written_passes_with_ids_of_every_kind()
    {
        foreach (var kind in Enum.GetValues<IdKind>())
        {
            var ids = Some.Ids(kind);
            string name = "r" + kind.ToString().ToLowerInvariant();
            await Releases.EnsureRecommenderAsync(Some.Spec(name, kind, again: true), None);
            long release = await BuildAsync(name, ids);

            // Main 33, again 22, similar 2, popular 3, items 12.
            Assert.Equal(72, await Releases.VerifyAsync(release, Contents(ids), progress: null, None));
        }
    }

    [Fact]
    public async Task A_lost_list_is_missed_and_the_message_says_what_to_do()
    {
        await BuildAsync();
        await ExecuteAsync($"delete from {Table("main")} where user_id = 10");

        var error = await Assert.ThrowsAsync<StoreException>(() => Releases.VerifyAsync(Release, Contents(Ids), progress: null, None));

        Assert.Equal(5, error.ExitCode);
        Assert.Equal(
            $"Release {Release} of movies is not published, because store 'serving' holds other rows than were made: " +
            "rows of the main lists: 30, expected 33; users with a main list: 10, expected 11. Something changed the tables of the " +
            "release after they were loaded, or the store lost rows: find out which, then run the job again with --from precompute, " +
            "which makes the release anew. The current release stays.",
            error.Message);
    }

    /// <summary>Counts and rows are read at different times, but they are those of one moment.</summary>
    [Fact]
    public async Task A_user_who_is_forgotten_meanwhile_is_no_lost_list()
    {
        await BuildAsync();
        var names = new RecommenderNames(Store, (await Releases.FindRecommenderAsync("movies", None))!);
        long[] removed = [];
        Store.BeforeStatement = name =>
        {
            if (name != "releases/read_list" || removed.Length > 0)
                return;
            removed = [0];
            removed = Task.Run(() => new ReleaseEraser(Store, names).EraseAsync(Release, ["10"], None)).Result;
        };

        long before = await Releases.VerifyAsync(Release, Contents(Ids), progress: null, None);
        long after = await Releases.VerifyAsync(Release, Contents(Ids), progress: null, None);

        Assert.Equal([before - after], removed);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task An_item_that_is_seen_or_forbidden_is_found()
    {
        await BuildAsync();
        await SetItemAsync(user: 0, rank: 2, item: 100);

        await AssertFoundAsync("main lists: items that are seen or forbidden: 1, the first is item '100' at rank 2");
    }

    [Fact]
    public async Task An_item_twice_on_a_list_is_found()
    {
        await BuildAsync();
        await SetItemAsync(user: 20, rank: 3, item: 20);

        await AssertFoundAsync("main lists: items that are twice on a list: 1, the first is item '20' at rank 3");
    }

    [Fact]
    public async Task An_item_that_no_data_know_is_found()
    {
        await BuildAsync();
        await SetItemAsync(user: 20, rank: 1, item: 777);

        await AssertFoundAsync("main lists: items that the release does not have: 1, the first is item '777' at rank 1");
    }

    [Fact]
    public async Task Lists_with_an_item_without_statistics_are_found()
    {
        await BuildAsync();
        await ExecuteAsync($"delete from {Table("items")} where item_id = 30");

        await AssertFoundAsync(
            "items: 11, expected 12; main lists: items that the release does not have: 3, the first is item '30' at rank 3; " +
            "main lists: reasons with an item that the release does not have: 1, the first is item '30' at rank 1; " +
            "lists of items to take again: items that the release does not have: 2, the first is item '30' at rank 2; " +
            "lists of items to take again: reasons with an item that the release does not have: 1, the first is item '30' at rank 1; " +
            "popular lists: items that the release does not have: 1, the first is item '30' at rank 1");
    }

    [Fact]
    public async Task A_list_of_a_user_that_no_data_know_is_found_and_the_message_does_not_name_the_user()
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table("main")} set user_id = 55555 where user_id = 10");

        await AssertFoundAsync(
            "main lists: lists of somebody whom the release was made without: 1, the first is item '10' at rank 1");
    }

    [Theory]
    [InlineData("similar", "rank = 5 where rank = 2", "lists of similar items: ranks out of order: 1, the first is item '20' at rank 5")]
    [InlineData(
        "similar", "similar_item_id = 10", "lists of similar items: items that are twice on a list: 1, the first is item '10' at rank 2")]
    [InlineData("popular", "rank = 0 where rank = 2", "popular lists: ranks out of order: 2, the first is item '10' at rank 0")]
    [InlineData(
        "popular",
        "item_id = 777 where rank = 2",
        "popular lists: items that the release does not have: 1, the first is item '777' at rank 2")]
    public async Task The_smaller_tables_are_checked_too(string table, string change, string finding)
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table(table)} set {change}");

        await AssertFoundAsync(finding);
    }

    [Theory]
    [InlineData("similar", "score", "lists of similar items: scores that are no finite number: 2, the first is item '10' at rank 1")]
    [InlineData("popular", "score", "popular lists: scores that are no finite number: 3, the first is item '0' at rank 1")]
    [InlineData("items", "popularity", "items: statistics that are no finite number: 12, the first is item '0' at rank 0")]
    public async Task Numbers_that_are_not_finite_are_found(string table, string column, string finding)
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table(table)} set {column} = {Infinity}");

        await AssertFoundAsync(finding);
    }

    /// <summary>Gets infinity as this store writes it.</summary>
    protected string Infinity => Provider == StoreProvider.Postgres ? "'Infinity'" : "9e999";

    /// <summary>Returns the table with the rows of the release.</summary>
    protected string Table(string kind) => Internal($"movies_{kind}") + (Provider == StoreProvider.Postgres ? $"_r{Release}" : "");

    protected static ReleaseContents Contents(IdMap ids)
    {
        int[] rowPtr = new int[ids.Count + 1];
        Array.Fill(rowPtr, 1, 1, ids.Count);
        // The first user has seen the last but one item.
        return new ReleaseContents(ids, ids, new Exclusions(rowPtr, [ids.Count - 2]));
    }

    protected async Task AssertFoundAsync(string finding)
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => Releases.VerifyAsync(Release, Contents(Ids), progress: null, None));
        Assert.Contains($"than were made: {finding}. Something", error.Message, StringComparison.Ordinal);
    }

    protected async Task BuildAsync()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(again: true), None);
        Release = await BuildAsync("movies", Ids);
    }

    /// <summary>Puts another item at a rank of a user's main list.</summary>
    protected abstract Task SetItemAsync(long user, int rank, long item);

    async Task<long> BuildAsync(string name, IdMap ids)
    {
        await using var writer = await Releases.BeginAsync(name, Some.Start(), ids, ids, Now, None);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(ids.Count - 1, ids.Count, 3, 1), None);
        await writer.WriteRecommendationsAsync(ReleaseTable.Again, Some.Batch(ids.Count - 1, ids.Count, 2, 1), None);
        await writer.WriteSimilarAsync([new SimilarItem(0, 1, 1, 1, "als"), new SimilarItem(0, 2, 2, 0.5, "als")], None);
        await writer.WritePopularAsync(
            [
                new PopularItem("all", "popular", 1, 0, 2),
                new PopularItem("all", "popular", 2, 1, 1),
                new PopularItem("drama", "popular", 1, 3, 1),
            ],
            None);
        await writer.WriteItemsAsync([.. Enumerable.Range(0, ids.Count).Select(n => new ItemStatistics(n, 5, 1, 0.25, 3))], None);
        await writer.CompleteAsync("{}", None);
        return writer.ReleaseId;
    }
}

public sealed class SqliteVerifyTests() : VerifyContract(StoreProvider.Sqlite)
{
    [Fact]
    public async Task A_gap_in_the_ranks_of_a_main_list_is_found()
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table("main")} set rank = 9 where user_id = 10 and rank = 2");

        await AssertFoundAsync("main lists: ranks out of order: 2, the first is item '30' at rank 3");
    }

    [Fact]
    public async Task A_score_of_a_main_list_that_is_not_finite_is_found()
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table("main")} set score = {Infinity} where user_id = 10 and rank = 2");

        await AssertFoundAsync("main lists: scores that are no finite number: 1, the first is item '20' at rank 2");
    }

    protected override Task SetItemAsync(long user, int rank, long item) => ExecuteAsync(
        $"update {Table("main")} set item_id = @item where user_id = @user and rank = @rank", new { user, rank, item });
}

public sealed class PostgresVerifyTests() : VerifyContract(StoreProvider.Postgres)
{
    [Fact]
    public async Task A_list_with_arrays_of_different_lengths_is_found()
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table("main")} set scores = scores[1:2] where user_id = 10");

        await AssertFoundAsync(
            "main lists: scores that are no finite number: 1, the first is item '30' at rank 3; " +
            "main lists: lists with a missing value: 1, the first is item '10' at rank 1");
    }

    [Theory]
    [InlineData("scores[2] = 'NaN'", "main lists: scores that are no finite number: 1, the first is item '20' at rank 2")]
    [InlineData("sources[2] = null", "main lists: lists with a missing value: 1, the first is item '10' at rank 1")]
    [InlineData("item_ids[2] = null", "main lists: items that the release does not have: 1, the first is item 'null' at rank 2")]
    [InlineData(
        "because_item_ids[3] = 777",
        "main lists: reasons with an item that the release does not have: 1, the first is item '30' at rank 3")]
    public async Task A_spoilt_value_of_a_main_list_is_found(string change, string finding)
    {
        await BuildAsync();
        await ExecuteAsync($"update {Table("main")} set {change} where user_id = 10");

        await AssertFoundAsync(finding);
    }

    protected override Task SetItemAsync(long user, int rank, long item) => ExecuteAsync(
        $"update {Table("main")} set item_ids[@rank] = @item where user_id = @user", new { user, rank, item });
}
