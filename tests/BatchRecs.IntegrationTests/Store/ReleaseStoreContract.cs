using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Store;

public abstract class ReleaseStoreContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    [Fact]
    public async Task A_release_is_invisible_until_it_is_published()
    {
        long release = await BuildAsync(score: 1);

        Assert.Equal([0], await QueryAsync<int>($"select count(*) from {View("movies_recommendations")}"));
        Assert.Equal(Publication.Done, await Releases.PublishAsync(release, Now, None));
        Assert.Equal([33], await QueryAsync<int>($"select count(*) from {View("movies_recommendations")}"));
    }

    [Fact]
    public async Task A_published_release_tells_what_it_is()
    {
        long id = await BuildAsync(score: 1);
        await Releases.PublishAsync(id, Now, None);

        var release = (await Releases.FindCurrentAsync("movies", None))!;

        Assert.Equal(
            (id, "movies", 1L, "key", "built"), (release.ReleaseId, release.Recommender, release.RunId, release.Key, release.State));
        Assert.Equal(
            (Now, (DateTimeOffset?)null, 1_772_000_000_000_000L), (release.PublishedAt!.Value, release.RetiredAt, release.DataUntil));
        Assert.Equal(new ReleaseCounts(11, 33, 0, 2, 6, 1), release.Counts);
        Assert.Equal("""{"ndcg":0.25}""", release.Metrics!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("recommender: movies\n", release.JobDefinition);
    }

    [Fact]
    public async Task Publishing_the_current_release_changes_nothing()
    {
        long release = await BuildAsync(score: 1);
        await Releases.PublishAsync(release, Now, None);

        var answer = await Releases.PublishAsync(release, Now.AddHours(1), None);

        Assert.Equal(Publication.AlreadyCurrent, answer);
        Assert.Equal(Now, (await Releases.GetAsync(release, None))!.PublishedAt);
    }

    [Fact]
    public async Task A_new_release_retires_the_old_one()
    {
        long first = await PublishedAsync(1, Now);
        long second = await PublishedAsync(2, Now.AddDays(1));

        var releases = await Releases.ListAsync("movies", None);

        Assert.Equal(
            [(second, true, (DateTimeOffset?)null), (first, false, Now.AddDays(1))],
            releases.Select(release => (release.ReleaseId, release.IsCurrent, release.RetiredAt)));
        Assert.Equal([2.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
    }

    [Fact]
    public async Task Rolling_back_makes_the_newest_older_release_current_that_was_current_before()
    {
        long first = await PublishedAsync(1, Now);
        await BuildAsync(score: 7);
        await PublishedAsync(2, Now.AddDays(1));

        var release = await Releases.RollbackAsync("movies", to: null, Now.AddDays(2), None);

        Assert.Equal((first, Now.AddDays(2), (DateTimeOffset?)null), (release.ReleaseId, release.PublishedAt!.Value, release.RetiredAt));
        Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
    }

    [Fact]
    public async Task Rolling_back_to_a_given_release_also_goes_forwards()
    {
        long first = await PublishedAsync(1, Now);
        long second = await PublishedAsync(2, Now.AddDays(1));

        await Releases.RollbackAsync("movies", first, Now.AddDays(2), None);
        await Releases.RollbackAsync("movies", second, Now.AddDays(3), None);

        Assert.Equal(second, (await Releases.FindCurrentAsync("movies", None))!.ReleaseId);
    }

    [Fact]
    public async Task A_release_that_was_never_published_cannot_be_rolled_back_to()
    {
        long current = await PublishedAsync(1, Now);
        long refused = await BuildAsync(2);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.RollbackAsync("movies", refused, Now, None));

        Assert.StartsWith(
            $"movies has no release {refused} that was ever current: a guard may have refused it.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(current, (await Releases.FindCurrentAsync("movies", None))!.ReleaseId);
    }

    [Fact]
    public async Task Rolling_back_without_an_older_release_is_refused()
    {
        long only = await PublishedAsync(1, Now);

        var none = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.RollbackAsync("movies", null, Now, None));
        var unknown = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.RollbackAsync("movies", 999, Now, None));

        Assert.Equal($"movies has no older release to go back to. Releases: {only} (current).", none.Message);
        Assert.Equal(
            $"movies has no release 999 that was ever current: a guard may have refused it. Releases: {only} (current).", unknown.Message);
    }

    [Fact]
    public async Task Pruning_keeps_the_newest_releases_and_always_the_current_one()
    {
        long first = await PublishedAsync(1, Now);
        await PublishedAsync(2, Now.AddDays(1));
        await PublishedAsync(3, Now.AddDays(2));
        long fourth = await PublishedAsync(4, Now.AddDays(3));
        await Releases.RollbackAsync("movies", first, Now.AddDays(4), None);

        int removed = await Releases.PruneAsync("movies", keep: 2, None);

        Assert.Equal(2, removed);
        Assert.Equal([fourth, first], (await Releases.ListAsync("movies", None)).Select(release => release.ReleaseId));
        Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
        Assert.Equal([66], await StoredRowsAsync("movies_main"));
    }

    [Fact]
    public async Task Orphans_are_dropped_and_built_releases_are_not()
    {
        long built = await BuildAsync(score: 1);
        await using (var writer = await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None))
            await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(5, Ids.Count, 3, 9), None);

        int dropped = await Releases.DropOrphansAsync("movies", None);

        Assert.Equal(1, dropped);
        Assert.Equal([built], (await Releases.ListAsync("movies", None)).Select(release => release.ReleaseId));
        Assert.Equal([33], await StoredRowsAsync("movies_main"));
    }

    [Fact]
    public async Task A_release_that_is_not_built_cannot_be_published()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        await using var writer = await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None);

        var building = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.PublishAsync(writer.ReleaseId, Now, None));
        var unknown = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.PublishAsync(999, Now, None));

        Assert.Equal(
            $"Release {writer.ReleaseId} of movies is building. Expected: built. batchrecs releases list shows what there is.",
            building.Message);
        Assert.Equal("There is no release 999 in store 'serving'. batchrecs releases list shows what there is.", unknown.Message);
    }

    [Fact]
    public async Task A_release_that_was_dropped_while_it_was_loaded_is_not_completed()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        await using var writer = await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None);
        await Releases.DropOrphansAsync("movies", None);

        await Assert.ThrowsAsync<StoreException>(() => writer.CompleteAsync("{}", None));
    }

    [Fact]
    public async Task Two_recommenders_do_not_interfere()
    {
        await PublishedAsync(1, Now);
        await Releases.EnsureRecommenderAsync(Some.Spec("books", IdKind.Text), None);
        var texts = Some.Ids(IdKind.Text);
        long book = await Some.ReleaseAsync(Releases, "books", texts, texts, score: 5);
        await Releases.PublishAsync(book, Now, None);

        await Releases.PruneAsync("books", 1, None);
        await Releases.DropOrphansAsync("movies", None);

        Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
        Assert.Equal([5.0], await QueryAsync<double>($"select distinct score from {View("books_recommendations")}"));
        Assert.True(await Releases.DropRecommenderAsync("movies", None));
        Assert.Equal(["books"], await Releases.ListRecommendersAsync(None));
        Assert.Equal([33], await QueryAsync<int>($"select count(*) from {View("books_recommendations")}"));
    }

    [Fact]
    public async Task Two_recommenders_that_load_publish_and_clean_up_at_the_same_time_leave_each_other_alone()
    {
        await Task.WhenAll(Task.Run(() => NightsAsync("movies", 1)), Task.Run(() => NightsAsync("books", 2)));

        foreach (var (name, score) in ((string, double)[])[("movies", 1), ("books", 2)])
        {
            var release = Assert.Single(await Releases.ListAsync(name, None));
            Assert.True(release.IsCurrent);
            Assert.Equal(
                [(33L, score, release.ReleaseId)],
                await QueryAsync<(long, double, long)>(
                    $"select count(*), min(score), min(release_id) from {View($"{name}_recommendations")} where score = {score}"));
            Assert.Equal([33], await StoredRowsAsync($"{name}_main"));
        }

        async Task NightsAsync(string name, double score)
        {
            await Releases.EnsureRecommenderAsync(Some.Spec(name), None);
            for (int night = 0; night < 5; night++)
            {
                await using (await Releases.BeginAsync(name, Some.Start(), Ids, Ids, Now, None))
                    Assert.NotEmpty(await Releases.ListAsync(name, None));
                Assert.Equal(1, await Releases.DropOrphansAsync(name, None));
                await Releases.PublishAsync(await Some.ReleaseAsync(Releases, name, Ids, Ids, score), Now.AddDays(night), None);
                await Releases.PruneAsync(name, keep: 1, None);
            }
        }
    }

    /// <summary>The commit was kept although nobody said so: here another process does it before the attempt is repeated.</summary>
    [Fact]
    public async Task A_recommender_that_was_dropped_without_an_acknowledgement_counts_as_dropped()
    {
        await PublishedAsync(1, Now);
        await using var other = Open();
        bool broke = false;
        bool isKept = false;
        Store.BeforeStatement = name =>
        {
            if (name == "commit" && !broke)
            {
                broke = true;
                throw new StoreException("The network broke.", isTransient: true) { Statement = name };
            }
            if (name == "begin" && broke && !isKept)
            {
                isKept = true;
                Drop(other);
            }
        };

        bool dropped = await Releases.DropRecommenderAsync("movies", None);

        Assert.Equal((true, true), (isKept, dropped));
        Assert.False(await Releases.DropRecommenderAsync("movies", None));
    }

    [Fact]
    public async Task Cancelling_a_load_leaves_an_orphan_and_no_visible_row()
    {
        await PublishedAsync(1, Now);
        using var cancelled = new CancellationTokenSource();
        await using (var writer = await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None))
        {
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(11, Ids.Count, 30, 2), cancelled.Token));
        }

        Assert.Equal(1, await Releases.DropOrphansAsync("movies", None));
        Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
    }

    static void Drop(Database store) => new ReleaseStore(store).DropRecommenderAsync("movies", None).GetAwaiter().GetResult();

    async Task<long> BuildAsync(double score, string key = "key")
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        return await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score, key);
    }

    async Task<long> PublishedAsync(double score, DateTimeOffset at)
    {
        long release = await BuildAsync(score);
        await Releases.PublishAsync(release, at, None);
        return release;
    }
}

public sealed class SqliteReleaseStoreTests() : ReleaseStoreContract(StoreProvider.Sqlite);

public sealed class PostgresReleaseStoreTests() : ReleaseStoreContract(StoreProvider.Postgres);
