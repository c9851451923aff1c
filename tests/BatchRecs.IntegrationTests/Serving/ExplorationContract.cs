using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Privacy;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>What was drawn is published with its probability, checked, and forgotten with its user.</summary>
/// <remarks>User u of twelve has the items u, u + 1, u + 2; rank 2 of the first two users was drawn. Ids are ten times the index.</remarks>
public abstract class ExplorationContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    static readonly ExploredRow[] Draws = [new(0, 2, 1, 0.125, 6, 0.75, 5), new(1, 2, 2, 1.0 / 3, 4, 1, 2)];

    [Fact]
    public async Task Drawn_rows_have_their_exact_probability_and_all_others_one()
    {
        await PublishAsync(Draws);

        Assert.Equal(
            [(0L, 2, 0.125), (10L, 2, 1.0 / 3)],
            await QueryAsync<(long, int, double)>(
                $"select user_id, rank, propensity from {View("movies_recommendations")} where propensity <> 1 order by user_id"));
        Assert.Equal([31], await QueryAsync<int>($"select count(*) from {View("movies_recommendations")} where propensity = 1"));
        Assert.Equal(
            [(0L, 2, 10L, 0.125, 6, 0.75, 50L, "new t=1 u=0.1"), (10L, 2, 20L, 1.0 / 3, 4, 1.0, 20L, "new t=1 u=0.1")],
            (await QueryAsync<Row>(
                $"""
                select user_id, rank, item_id, propensity, pool_size, score, best_item_id, policy
                from {View("movies_exploration")} order by user_id
                """)).Select(row => row.ToTuple()));
    }

    [Fact]
    public async Task A_recommender_may_begin_to_explore_and_end_again()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "movies", Ids, Ids), Now, None);

        await PublishAsync(Draws);
        Assert.Equal([2], await QueryAsync<int>($"select count(*) from {View("movies_exploration")}"));

        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "movies", Ids, Ids), Now.AddHours(3), None);
        Assert.Equal([0], await QueryAsync<int>($"select count(*) from {View("movies_exploration")}"));
        Assert.Equal([33], await QueryAsync<int>($"select count(*) from {View("movies_recommendations")} where propensity = 1"));
    }

    [Fact]
    public async Task What_was_written_passes_and_what_was_changed_is_found()
    {
        long release = await BuildAsync(Draws);
        // Main 33, similar 2, popular 6, items 12, drawn 2.
        Assert.Equal(55, await Releases.VerifyAsync(release, Contents(), progress: null, None));

        await ExecuteAsync($"update {Table(release)} set item_id = 70 where user_id = 10");
        await AssertFoundAsync(release, "drawn items: that are not on their list: 1, the first is item '70' at rank 2");

        await ExecuteAsync($"update {Table(release)} set propensity = 1.5 where user_id = 0");
        await AssertFoundAsync(release, "drawn items: without a probability, a score or a pool: 1, the first is item '10' at rank 2");

        await ExecuteAsync($"delete from {Table(release)}");
        await AssertFoundAsync(release, "drawn items: 0, expected 2");
    }

    [Fact]
    public async Task A_forgotten_user_is_gone_from_the_draws_of_every_release()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        long before = await Some.ReleaseAsync(Releases, "movies", Ids, Ids);
        long release = await PublishAsync(Draws);
        var names = new RecommenderNames(Store, (await Releases.FindRecommenderAsync("movies", None))!);

        var erased = await new ReleaseEraser(Store, names).EraseAsync(["10"], () => Task.FromResult(false), None);

        // Three places of the list, and what was drawn for one of them; the older release knows of no draws.
        Assert.Equal([(release, 4L, false), (before, 3L, false)], erased[0].Select(one => (one.ReleaseId, one.Rows, one.Blocked)));
        Assert.Equal([0L], await QueryAsync<long>($"select user_id from {View("movies_exploration")}"));
        Assert.Equal(1, (await Releases.GetAsync(release, None))!.Counts!.Explored);
        await Releases.VerifyAsync(release, Contents(), progress: null, None);
    }

    [Fact]
    public async Task A_person_who_asks_gets_what_was_drawn_for_them()
    {
        await PublishAsync(Draws);

        var lists = await new PersonalRows(Store, "movies").ListsAsync("10", None);

        Assert.Equal(["recommendations", "exploration"], lists.Select(list => list.List));
        Assert.Equal([new PersonalItem(2, "20", 1, "explore", null, null, 1.0 / 3)], lists[1].Items);
    }

    [Fact]
    public async Task Draws_come_back_in_the_indices_of_whoever_asks()
    {
        long release = await PublishAsync(Draws);
        var users = IdMap.Of(IdKind.Int64, ["10"]);
        var items = IdMap.Of(IdKind.Int64, ["10", "20"]);
        var draws = new List<StoredDraw>();

        long count = await Releases.ReadDrawsAsync((await Releases.GetAsync(release, None))!, users, items, draws.Add, None);

        Assert.Equal(2, count);
        Assert.Equal(
            [new StoredDraw(-1, 2, 0, 0.75, 0.125, 6, -1, false), new StoredDraw(0, 2, 1, 1, 1.0 / 3, 4, 1, true)],
            draws);
    }

    [Fact]
    public async Task Ids_of_another_type_are_refused()
    {
        long release = await PublishAsync(Draws);
        var texts = IdMap.Of(IdKind.Text, ["10"]);
        var found = (await Releases.GetAsync(release, None))!;

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.ReadDrawsAsync(found, texts, Ids, _ => { }, None));

        Assert.StartsWith(
            "Recommender 'movies' has user ids of type Int64 and item ids of type Int64, the log of outcomes has Text and Int64.",
            error.Message,
            StringComparison.Ordinal);
    }

    async Task<long> PublishAsync(ExploredRow[] draws)
    {
        long release = await BuildAsync(draws);
        await Releases.PublishAsync(release, Now.AddHours(1), None);
        return release;
    }

    async Task<long> BuildAsync(ExploredRow[] draws)
    {
        await Releases.EnsureRecommenderAsync(Some.Spec() with { HasExploration = true }, None);
        await using var writer = await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(Ids.Count - 1, Ids.Count, 3, 1), None);
        await writer.WriteExplorationAsync(draws, "new t=1 u=0.1", None);
        await writer.WriteSimilarAsync([new SimilarItem(0, 1, 1, 1, "als"), new SimilarItem(0, 2, 2, 0.5, "als")], None);
        await writer.WritePopularAsync([.. Enumerable.Range(1, 6).Select(n => new PopularItem("all", "popular", n, n, 1))], None);
        await writer.WriteItemsAsync([.. Enumerable.Range(0, Ids.Count).Select(n => new ItemStatistics(n, 5, 1, 0.25, 3))], None);
        await writer.CompleteAsync("{}", None);
        return writer.ReleaseId;
    }

    string Table(long release) => Internal("movies_exploration") + (Provider == StoreProvider.Postgres ? $"_r{release}" : "");

    static ReleaseContents Contents() => new(Ids, Ids, Exclusions.None(Ids.Count));

    async Task AssertFoundAsync(long release, string finding)
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => Releases.VerifyAsync(release, Contents(), progress: null, None));
        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
    }

    sealed record Row
    {
        public long UserId { get; init; }

        public int Rank { get; init; }

        public long ItemId { get; init; }

        public double Propensity { get; init; }

        public int PoolSize { get; init; }

        public double Score { get; init; }

        public long BestItemId { get; init; }

        public string Policy { get; init; } = "";

        public (long, int, long, double, int, double, long, string) ToTuple() =>
            (UserId, Rank, ItemId, Propensity, PoolSize, Score, BestItemId, Policy);
    }
}

public sealed class PostgresExplorationTests() : ExplorationContract(StoreProvider.Postgres);

public sealed class SqliteExplorationTests() : ExplorationContract(StoreProvider.Sqlite);
