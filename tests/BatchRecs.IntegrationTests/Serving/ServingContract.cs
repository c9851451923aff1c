using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Serving;

public abstract class ServingContract(StoreProvider provider) : StoreContract(provider)
{
    [Theory]
    [InlineData(IdKind.Int16)]
    [InlineData(IdKind.Int32)]
    [InlineData(IdKind.Int64)]
    [InlineData(IdKind.Uuid)]
    [InlineData(IdKind.Text)]
    public async Task Ids_of_every_kind_come_back_as_they_went_in(IdKind kind)
    {
        var ids = Some.Ids(kind, kind == IdKind.Text ? Some.NastyTexts.Length : 12);
        await PublishAsync(Some.Spec("movies", kind), ids);

        for (int u = 0; u < ids.Count - 1; u++)
        {
            var list = await Reader.RecommendationsAsync("movies", ids.ToText(u), 3, "all", None);

            Assert.Equal(Enumerable.Range(u, 3).Select(i => ids.ToText(i % ids.Count)), list.Select(row => row.ItemId));
            Assert.Equal([ids.ToText(u), null, null], list.Select(row => row.BecauseItemId));
            Assert.Equal([1, 2, 3], list.Select(row => row.Rank));
            Assert.All(list, row => Assert.Equal((1.0, "als"), (row.Score, row.Source)));
        }
    }

    [Fact]
    public async Task Similar_and_popular_lists_are_read_back()
    {
        var ids = Some.Ids(IdKind.Text);
        await PublishAsync(Some.Spec("movies", IdKind.Text), ids);

        var similar = await Reader.SimilarAsync("movies", ids.ToText(0), 10, None);
        var popular = await Reader.PopularAsync("movies", "all", "popular", 2, None);
        var trending = await Reader.PopularAsync("movies", "all", "trending", 10, None);

        Assert.Equal([ids.ToText(1), ids.ToText(2)], similar.Select(row => row.ItemId));
        Assert.Equal([ids.ToText(0), ids.ToText(1)], popular.Select(row => row.ItemId));
        Assert.Equal([ids.ToText(2)], trending.Select(row => row.ItemId));
        Assert.Empty(await Reader.SimilarAsync("movies", "unknown", 10, None));
    }

    [Fact]
    public async Task A_user_without_a_list_gets_the_popular_list_of_the_segment()
    {
        await PublishAsync(Some.Spec(), Some.Ids(IdKind.Int64));

        var everybody = await Reader.RecommendationsAsync("movies", "-5", 3, "all", None);
        var drama = await Reader.RecommendationsAsync("movies", "-5", 3, "drama", None);
        var unknown = await Reader.RecommendationsAsync("movies", "-5", 3, "no such segment", None);

        Assert.Equal(["0", "10", "20"], everybody.Select(row => row.ItemId));
        Assert.Equal(["30"], drama.Select(row => row.ItemId));
        Assert.Equal(everybody, unknown);
        Assert.All(everybody, row => Assert.Equal(("popular", "popular", null), (row.Source, row.ReasonCode, row.BecauseItemId)));
    }

    [Fact]
    public async Task The_again_list_has_its_own_view_and_is_empty_when_a_job_no_longer_makes_it()
    {
        var ids = Some.Ids(IdKind.Int64);
        await Releases.EnsureRecommenderAsync(Some.Spec(again: true), None);
        await using (var writer = await Releases.BeginAsync("movies", Some.Start(), ids, ids, Now, None))
        {
            await writer.WriteRecommendationsAsync(ReleaseTable.Again, Some.Batch(4, ids.Count, 2, 8), None);
            Assert.Equal(new ReleaseCounts(0, 0, 8, 0, 0, 0), await writer.CompleteAsync("{}", None));
            await Releases.PublishAsync(writer.ReleaseId, Now, None);
        }

        Assert.Equal([8], await QueryAsync<int>($"select count(*) from {View("movies_again")}"));
        await PublishAsync(Some.Spec(), ids);
        Assert.Equal([0], await QueryAsync<int>($"select count(*) from {View("movies_again")}"));
    }

    [Fact]
    public async Task What_may_not_be_shown_now_vanishes_at_once_from_every_list()
    {
        await ExecuteAsync("create table stock (article bigint primary key)");
        await ExecuteAsync("insert into stock (article) values (0), (20), (30), (40)");
        var spec = Some.Spec() with { Eligible = new EligibleItems("stock", "article") };
        await PublishAsync(spec, Some.Ids(IdKind.Int64));

        Assert.Equal([1, 3], await QueryAsync<int>($"select rank from {View("movies_recommendations")} where user_id = 0 order by rank"));
        Assert.Equal([(1, "0"), (2, "20")], await ListAsync("0"));
        Assert.Equal([(1, "0"), (2, "20"), (3, "30")], await ListAsync("-5"));
        Assert.Equal(["20"], (await Reader.SimilarAsync("movies", "0", 9, None)).Select(row => row.ItemId));
        Assert.Equal(["0", "20", "30"], (await Reader.PopularAsync("movies", "all", "popular", 9, None)).Select(row => row.ItemId));

        await ExecuteAsync("delete from stock where article = 20");
        Assert.Equal([(1, "0")], await ListAsync("0"));
    }

    [Fact]
    public async Task What_a_user_has_just_taken_vanishes_at_once_from_that_users_lists()
    {
        await ExecuteAsync("create table orders (customer bigint, article bigint)");
        var spec = Some.Spec() with { Seen = new TakenItems("orders", "customer", "article") };
        await PublishAsync(spec, Some.Ids(IdKind.Int64));
        Assert.Equal([(1, "0"), (2, "10"), (3, "20")], await ListAsync("0"));

        await ExecuteAsync("insert into orders (customer, article) values (0, 10), (-5, 0), (0, null), (null, 20)");

        Assert.Equal([(1, "0"), (2, "20")], await ListAsync("0"));
        Assert.Equal([(1, "10"), (2, "20"), (3, "30")], await ListAsync("-5"));
        Assert.Equal([(1, "10"), (2, "20"), (3, "30")], await ListAsync("10"));
    }

    [Fact]
    public async Task A_user_whose_whole_list_is_gone_gets_the_popular_list()
    {
        await ExecuteAsync("create table orders (customer bigint, article bigint)");
        await ExecuteAsync("insert into orders (customer, article) values (0, 0), (0, 10), (0, 20)");
        await PublishAsync(Some.Spec() with { Seen = new TakenItems("orders", "customer", "article") }, Some.Ids(IdKind.Int64));

        var list = await Reader.RecommendationsAsync("movies", "0", 5, "all", None);

        Assert.Equal([(1, "30", "popular")], list.Select(row => (row.Rank, row.ItemId, row.Source)));
    }

    [Fact]
    public async Task Live_relations_can_be_added_and_taken_away_later()
    {
        await ExecuteAsync("create table stock (article bigint)");
        var ids = Some.Ids(IdKind.Int64);
        await PublishAsync(Some.Spec(), ids);

        await Releases.EnsureRecommenderAsync(Some.Spec() with { Eligible = new EligibleItems("stock", "article") }, None);
        Assert.Empty(await ListAsync("0"));
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        Assert.Equal(3, (await ListAsync("0")).Count);
    }

    [Fact]
    public async Task A_live_relation_that_does_not_exist_is_refused_and_the_views_stay_as_they_were()
    {
        await PublishAsync(Some.Spec(), Some.Ids(IdKind.Int64));

        foreach (var wrong in (RecommenderSpec[])
            [
                Some.Spec() with { Eligible = new EligibleItems("no_such_table", "article") },
                Some.Spec() with { Seen = new TakenItems("no_such_table", "customer", "article") },
            ])
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => Releases.EnsureRecommenderAsync(wrong, None));
            Assert.Contains("if it comes from a job file, check its name there", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await ListAsync("0")).Count);
    }

    [Fact]
    public async Task Other_id_types_are_refused_with_the_remedy()
    {
        await PublishAsync(Some.Spec(), Some.Ids(IdKind.Int64));

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => Releases.EnsureRecommenderAsync(new RecommenderSpec("movies", IdKind.Int64, IdKind.Text), None));
        await Assert.ThrowsAsync<ConfigurationException>(
            () => Releases.BeginAsync("movies", Some.Start(), Some.Ids(IdKind.Uuid), Some.Ids(IdKind.Int64), Now, None));

        Assert.Equal(
            "Recommender 'movies' has user ids of type Int64 and item ids of type Int64, now they are Int64 and Text. " +
            "Readers rely on the types: restore the columns' types, or remove its tables and all its releases with " +
            "batchrecs migrate --recreate movies and run the job again.",
            error.Message);
    }

    [Fact]
    public async Task After_dropping_a_recommender_it_can_be_made_with_other_id_types()
    {
        await PublishAsync(Some.Spec(again: true), Some.Ids(IdKind.Int64));

        Assert.True(await Releases.DropRecommenderAsync("movies", None));
        Assert.False(await Releases.DropRecommenderAsync("movies", None));
        await PublishAsync(Some.Spec("movies", IdKind.Text), Some.Ids(IdKind.Text));

        Assert.Equal([33], await QueryAsync<int>($"select count(*) from {View("movies_recommendations")}"));
    }

    [Theory]
    [InlineData("Movies")]
    [InlineData("1movies")]
    [InlineData("mo-vies")]
    [InlineData("movies\n")]
    [InlineData("")]
    [InlineData("batchrecs")]
    [InlineData("batchrecs_movies")]
    [InlineData("a12345678901234567890123456789012345678901")]
    public async Task Names_that_cannot_be_part_of_a_table_name_are_refused(string name) =>
        await Assert.ThrowsAsync<ConfigurationException>(() => Releases.EnsureRecommenderAsync(Some.Spec(name), None));

    [Fact]
    public async Task A_name_whose_objects_would_be_another_recommenders_is_refused()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec("movies"), None);

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => Releases.EnsureRecommenderAsync(Some.Spec("movies_similar"), None));

        Assert.Contains("movies_similar_items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_name_works()
    {
        string name = "r" + new string('9', 39);
        await PublishAsync(Some.Spec(name), Some.Ids(IdKind.Int64));

        Assert.Equal([33], await QueryAsync<int>($"select count(*) from {View(name + "_recommendations")}"));
        Assert.Equal(3, (await Reader.RecommendationsAsync(name, "0", 3, "all", None)).Count);
    }

    [Fact]
    public async Task Questions_that_make_no_sense_are_refused()
    {
        await PublishAsync(Some.Spec(), Some.Ids(IdKind.Int64));

        var id = await Assert.ThrowsAsync<ConfigurationException>(() => Reader.RecommendationsAsync("movies", "abc", 3, "all", None));
        var recommender = await Assert.ThrowsAsync<ConfigurationException>(() => Reader.SimilarAsync("books", "1", 3, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Reader.PopularAsync("movies", "all", "popular", 0, None));

        Assert.Equal("This is no user id of recommender 'movies': they are of type Int64.", id.Message);
        Assert.Equal(
            "Store 'serving' has no recommender 'books'. It has: movies. The first run of a job sets its recommender up.",
            recommender.Message);
    }

    [Fact]
    public async Task Setting_up_what_is_set_up_runs_no_statement_that_changes_anything()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        var statements = new List<string>();
        Store.BeforeStatement = statements.Add;

        await Releases.EnsureRecommenderAsync(Some.Spec(), None);

        string[] looks = [.. statements.Skip(3)];
        Assert.Equal(["session/read_write", "begin", "serving/find_recommender"], statements.Take(3));
        Assert.All(looks, look => Assert.Equal("serving/check_view", look));
    }

    async Task<List<(int Rank, string Item)>> ListAsync(string user) =>
        [.. (await Reader.RecommendationsAsync("movies", user, 3, "all", None)).Select(row => (row.Rank, row.ItemId))];

    async Task PublishAsync(RecommenderSpec spec, IdMap ids)
    {
        await Releases.EnsureRecommenderAsync(spec, None);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, spec.Name, ids, ids), Now, None);
    }
}

public sealed class SqliteServingTests() : ServingContract(StoreProvider.Sqlite);

public sealed class PostgresServingTests() : ServingContract(StoreProvider.Postgres);
