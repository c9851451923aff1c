using System.Data;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Releases;
using Dapper;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>What the form with one table per release promises on PostgreSQL.</summary>
public sealed class PostgresReleaseTests() : StoreContract(StoreProvider.Postgres)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    [Fact]
    public async Task A_point_read_touches_only_the_current_partition_and_that_by_its_index()
    {
        long[] releases = await ReleasesAsync(3, userCount: 2000);

        string plan = await ExplainAsync("select item_id from recs.movies_recommendations where user_id = 10 order by rank");

        Assert.Contains($"using movies_main_r{releases[2]}_pkey", plan, StringComparison.Ordinal);
        foreach (long other in releases[..2])
            Assert.Matches($@"movies_main_r{other}\b.*\(never executed\)", plan);
        Assert.DoesNotMatch($@"movies_main_r{releases[2]}\b.*\(never executed\)", plan);
    }

    [Fact]
    public async Task A_publication_moves_the_reads_to_the_other_partition_without_touching_a_view()
    {
        long[] releases = await ReleasesAsync(2);
        var before = await QueryAsync<long>("select oid::bigint from pg_class where relname = 'movies_recommendations'");

        await Releases.PublishAsync(releases[0], Now, None);

        string plan = await ExplainAsync("select item_id from recs.movies_recommendations where user_id = 10");
        Assert.Matches($@"movies_main_r{releases[1]}\b.*\(never executed\)", plan);
        Assert.Equal(before, await QueryAsync<long>("select oid::bigint from pg_class where relname = 'movies_recommendations'"));
    }

    [Fact]
    public async Task Removing_a_release_drops_its_tables()
    {
        long[] releases = await ReleasesAsync(2);

        await Releases.PruneAsync("movies", 1, None);

        Assert.Equal(
            ((string[])["items", "main", "popular", "similar"]).Select(kind => $"movies_{kind}_r{releases[1]}"),
            await QueryAsync<string>("select tablename from pg_tables where tablename like 'movies\\_%\\_r%' order by tablename"));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_release_that_a_reader_still_holds_is_removed_the_next_time()
    {
        long[] releases = await ReleasesAsync(2);
        await using (var connection = await Store.OpenAsync(readOnly: true, None))
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await connection.QueryAsync<long>("select item_id from recs.movies_recommendations", transaction: transaction);

            Assert.Equal(0, await Releases.PruneAsync("movies", 1, None));
            var refused = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.PublishAsync(releases[0], Now, None));
            Assert.Contains("is dropping", refused.Message, StringComparison.Ordinal);
            Assert.Equal([33], await QueryAsync<int>("select count(*) from recs.movies_recommendations"));
        }

        Assert.Equal(1, await Releases.PruneAsync("movies", 1, None));
        Assert.Equal([releases[1]], (await Releases.ListAsync("movies", None)).Select(release => release.ReleaseId));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_backup_that_holds_all_tables_for_longer_than_a_lock_is_waited_for_delays_a_release_and_does_not_end_it()
    {
        await ReleasesAsync(1);
        await using var writer = await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(2, Ids.Count, 1, 1), None);
        Task<ReleaseCounts> completion;
        await using (var backup = await Store.OpenAsync(readOnly: false, None))
        {
            await using var transaction = await backup.BeginTransactionAsync();
            await backup.ExecuteAsync(
                $"lock table batchrecs.movies_main_r{writer.ReleaseId} in access share mode", transaction: transaction);
            completion = writer.CompleteAsync("{}", None);
            // Who waits with the timeout of our sessions gives up; the release began to wait before.
            await Assert.ThrowsAsync<Npgsql.PostgresException>(
                () => ExecuteAsync($"lock table batchrecs.movies_main_r{writer.ReleaseId} in access exclusive mode"));
            Assert.False(completion.IsCompleted);
        }

        Assert.Equal(2, (await completion).Recommendations);
    }

    [Fact]
    public async Task A_recommender_of_the_form_with_a_row_per_rank_is_refused_and_its_readers_keep_their_lists()
    {
        await ReleasesAsync(1);
        await ExecuteAsync(
            """
            alter table batchrecs.movies_main rename column item_ids to old_ids;
            update batchrecs.recommenders set setup_hash = 'of the version before'
            """);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.EnsureRecommenderAsync(Some.Spec(), None));

        Assert.Equal(
            "Recommender 'movies' was set up by an earlier version: its table \"batchrecs\".\"movies_main\" has a row per rank, expected " +
            "a row per user with arrays. Its readers still have their lists. Remove its tables and all its releases with " +
            "batchrecs migrate --recreate movies and run the job again.",
            error.Message);
        Assert.Equal([33], await QueryAsync<int>("select count(*) from recs.movies_recommendations"));
        Assert.True(await Releases.DropRecommenderAsync("movies", None));
    }

    [Fact]
    public async Task Setting_up_and_attaching_are_tried_again_when_a_lock_is_in_the_way()
    {
        foreach (string statement in (string[])["serving/create_main_view", "releases/attach_table"])
        {
            int failures = 2;
            Store.BeforeStatement = name =>
            {
                if (name != statement || failures == 0)
                    return;
                failures--;
                throw new StoreException("The lock is taken.", inner: null, isTransient: true);
            };
            await ReleasesAsync(1);
            Assert.Equal(0, failures);
        }

        Assert.Equal([33], await QueryAsync<int>("select count(*) from recs.movies_recommendations"));
    }

    [Fact]
    public async Task A_recommender_that_an_applications_view_reads_is_not_dropped_and_the_view_is_named()
    {
        await ReleasesAsync(1);
        await ExecuteAsync("create view shop_window as select item_id from recs.movies_popular");

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.DropRecommenderAsync("movies", None));

        Assert.Equal(
            "Recommender 'movies' cannot be removed: \"recs\".\"movies_popular\" is read by view shop_window. " +
            "Drop that first and make it anew after the next run. Nothing was removed.",
            error.Message);
        Assert.Equal([6], await QueryAsync<int>("select count(*) from shop_window"));
    }

    [Fact]
    public async Task Dropping_a_recommender_leaves_no_table_of_a_release_that_was_never_finished()
    {
        await ReleasesAsync(2);
        await using (await Releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None))
            Assert.NotEmpty(await QueryAsync<string>("select tablename from pg_tables where tablename like 'movies%'"));

        await Releases.DropRecommenderAsync("movies", None);

        Assert.Empty(await QueryAsync<string>("select tablename from pg_tables where tablename like 'movies%'"));
        Assert.Empty(await QueryAsync<string>("select viewname from pg_views where viewname like 'movies%'"));
    }

    [Fact]
    public async Task Text_ids_join_with_an_applications_own_tables()
    {
        var texts = Some.Ids(IdKind.Text);
        await ExecuteAsync("create table catalogue (id varchar(40) primary key)");
        await ExecuteAsync("insert into catalogue (id) select unnest(@ids)", new { ids = texts.Texts.ToArray() });
        await Releases.EnsureRecommenderAsync(Some.Spec("books", IdKind.Text), None);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "books", texts, texts), Now, None);

        Assert.Equal([33], await QueryAsync<int>("select count(*) from recs.books_recommendations r join catalogue c on c.id = r.item_id"));
    }

    [Fact]
    public async Task A_live_column_of_another_type_is_refused_and_the_lists_stay_readable()
    {
        await ReleasesAsync(1);
        await ExecuteAsync("create table orders (customer text, article bigint); insert into orders values ('guest-1', 10)");
        await ExecuteAsync("create table stock (sku varchar(20))");

        var seen = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.EnsureRecommenderAsync(
            Some.Spec() with { Seen = new TakenItems("public.orders", "customer", "article") }, None));
        var eligible = await Assert.ThrowsAsync<ConfigurationException>(() => Releases.EnsureRecommenderAsync(
            Some.Spec() with { Eligible = new EligibleItems("stock", "sku") }, None));

        Assert.Equal(
            "recommender 'movies': live.seen.user: column 'customer' of public.orders has type text, but the ids of the recommender are " +
            "integers (smallint, integer or bigint). Name a column of such a type, or a view that leaves out what is no such id.",
            seen.Message);
        Assert.Contains(
            "live.eligible.item: column 'sku' of stock has type character varying(20)", eligible.Message, StringComparison.Ordinal);
        Assert.Equal([33], await QueryAsync<int>("select count(*) from recs.movies_recommendations"));
    }

    [Fact]
    public async Task An_index_of_a_live_relation_with_narrower_ids_serves_the_reads()
    {
        await ExecuteAsync("create table orders (customer integer, article integer, primary key (customer, article))");
        await ExecuteAsync("insert into orders select n / 10, n % 10 from generate_series(0, 99999) as n; analyze orders");
        await Releases.EnsureRecommenderAsync(Some.Spec() with { Seen = new TakenItems("orders", "customer", "article") }, None);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "movies", Ids, Ids), Now, None);

        string plan = await ExplainAsync("select item_id from recs.movies_recommendations where user_id = 10");

        Assert.Contains("using orders_pkey", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_resets_nothing_hands_a_read_only_session_on_as_one_that_may_write()
    {
        var settings = Settings with { Connection = Settings.Connection + ";No Reset On Close=true;Maximum Pool Size=1" };
        await using var store = Databases.Open(settings, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await using (var reading = await store.OpenAsync(readOnly: true, None))
            Assert.Equal("on", await reading.ExecuteScalarAsync<string>("show transaction_read_only"));

        await using var writing = await store.OpenAsync(readOnly: false, None);

        Assert.Equal("off", await writing.ExecuteScalarAsync<string>("show transaction_read_only"));
    }

    [Fact]
    public async Task An_unreachable_server_is_named_with_what_to_check_and_without_the_password()
    {
        await using var store = Databases.Open(
            new StoreSettings("serving", StoreProvider.Postgres, "Host=/nowhere;Username=joe;Password=secret;Database=shop"),
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        var error = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(readOnly: true, None));

        Assert.StartsWith(
            "Store 'serving' cannot be opened: PostgreSQL at /nowhere:5432, database 'shop', user 'joe': ",
            error.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "Check that the server runs and is PostgreSQL 15 or newer, and the host, port, database, user and password in " +
            "stores.serving.connection.",
            error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_the_server_names_statement_code_and_remedy()
    {
        await ReleasesAsync(1);
        await ExecuteAsync("drop view recs.movies_popular cascade");

        var error = await Assert.ThrowsAsync<StoreException>(() => Reader.PopularAsync("movies", "all", "popular", 1, None));

        Assert.Equal(("serving/popular_items", "42P01", false), (error.Statement, error.SqlState, error.IsTransient));
        Assert.Equal(
            "Statement serving/popular_items failed in store 'serving' (PostgreSQL 42P01): " +
            "relation \"recs.movies_popular\" does not exist. " +
            "If it is an object of BatchRecs, run batchrecs migrate; if it comes from a job file, check its name there.",
            error.Message);
    }

    async Task<string> ExplainAsync(string query) =>
        string.Join('\n', await QueryAsync<string>("explain (analyze, costs off, timing off) " + query));

    async Task<long[]> ReleasesAsync(int count, int userCount = 12)
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        var users = new IntegerIdMap(IdKind.Int64, [.. Enumerable.Range(0, userCount).Select(n => n * 10L)]);
        var releases = new List<long>();
        for (int n = 0; n < count; n++)
        {
            long release = await Some.ReleaseAsync(Releases, "movies", users, Ids, n + 1);
            await Releases.PublishAsync(release, Now.AddDays(n), None);
            releases.Add(release);
        }
        return [.. releases];
    }
}
