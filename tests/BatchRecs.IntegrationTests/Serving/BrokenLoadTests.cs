using System.Collections;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>A connection that breaks while rows are loaded: each block is kept exactly once.</summary>
public sealed class BrokenLoadTests() : StoreContract(StoreProvider.Postgres)
{
    const int Rows = 20_000;

    static readonly RetrySettings Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(50) };

    static readonly IdMap Ids = Some.Ids(IdKind.Int64, Rows + 1);

    [Fact]
    public async Task A_block_whose_connection_breaks_in_the_middle_of_its_rows_is_loaded_again()
    {
        Store.Retry = new Retry("serving", Quick, NullLogger.Instance);
        await using var store = Patient();
        await using var writer = await BeginAsync(store);
        await writer.WriteSimilarAsync([new SimilarItem(0, 1, Rows, 1, "als")], None);

        await writer.WriteSimilarAsync(new BreakingRows(Rows / 2, EndSessions), None);
        await writer.CompleteAsync("{}", None);
        await new ReleaseStore(store).PublishAsync(writer.ReleaseId, Now, None);

        Assert.Equal(Rows + 1, writer.Counts.Similar);
        Assert.Equal(Rows + 1, (await QueryAsync<long>("select count(*) from recs.movies_similar_items")).Single());
    }

    /// <summary>The rows are there although nobody said so: here another session puts them there before the error is raised.</summary>
    [Fact]
    public async Task A_block_that_was_kept_without_an_acknowledgement_is_not_loaded_twice()
    {
        await using var store = Patient();
        await using var writer = await BeginAsync(store);
        bool kept = false;
        store.BeforeStatement = name =>
        {
            if (name != "releases/load_items" || kept)
                return;
            kept = true;
            Execute($"insert into batchrecs.movies_items_r{writer.ReleaseId} values ({writer.ReleaseId}, 0, 5, 1, 0.25, 3)");
            throw new StoreException("The network broke.", new NpgsqlException("reset", new IOException()), isTransient: true);
        };

        await writer.WriteItemsAsync([new ItemStatistics(0, 5, 1, 0.25, 3)], None);
        await writer.CompleteAsync("{}", None);

        Assert.Equal([1L], await QueryAsync<long>($"select count(*) from batchrecs.movies_items_r{writer.ReleaseId}"));
    }

    [Fact]
    public async Task A_table_with_rows_that_nobody_expects_makes_the_release_begin_again()
    {
        await using var store = Patient();
        await using var writer = await BeginAsync(store);
        var rows = new BreakingRows(Rows / 2, () =>
        {
            Execute($"insert into batchrecs.movies_similar_r{writer.ReleaseId} values ({writer.ReleaseId}, 0, 1, 2, 1, 'als')");
            EndSessions();
        });

        var error = await Assert.ThrowsAsync<StoreException>(() => writer.WriteSimilarAsync(rows, None));

        Assert.StartsWith(
            $"Release {writer.ReleaseId} of movies has 1 rows where 0 or {Rows} were expected", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    /// <summary>The server learns late that a connection is gone: here another session keeps the rows while ours waits.</summary>
    [Fact]
    public async Task A_block_that_the_server_keeps_only_after_the_connection_broke_is_not_loaded_twice()
    {
        await using var store = Patient();
        await using var writer = await BeginAsync(store);
        await using var late = new NpgsqlConnection(Settings.Connection + ";Pooling=false;Application Name=late");
        await late.OpenAsync();
        await using var transaction = await late.BeginTransactionAsync();
        int loads = 0;
        var kept = Task.CompletedTask;
        store.BeforeStatement = name =>
        {
            if (name != "releases/load_items")
                return;
            if (++loads > 1)
                throw new StoreException("The block is loaded again.");
            ExecuteOn(late, $"insert into batchrecs.movies_items_r{writer.ReleaseId} values ({writer.ReleaseId}, 0, 5, 1, 0.25, 3)");
            kept = KeepWhenWaitedForAsync(transaction);
            throw new StoreException("The network broke.", new NpgsqlException("reset", new IOException()), isTransient: true);
        };

        await writer.WriteItemsAsync([new ItemStatistics(0, 5, 1, 0.25, 3)], None);
        await kept;
        await writer.CompleteAsync("{}", None);

        Assert.Equal([1L], await QueryAsync<long>($"select count(*) from batchrecs.movies_items_r{writer.ReleaseId}"));
    }

    [Fact]
    public async Task A_block_that_a_new_session_loads_is_packed_as_those_before()
    {
        Store.Retry = new Retry("serving", Quick, NullLogger.Instance);
        await using var store = Patient();
        await using var writer = await BeginAsync(store);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(1, Ids.Count, 500, 1), None);
        bool ended = false;
        store.BeforeStatement = name =>
        {
            if (name != "releases/load_list" || ended)
                return;
            ended = true;
            EndSessions();
        };
        var second = Some.Batch(1, Ids.Count, 500, 1);
        second.Users.AsSpan().Fill(1);

        await writer.WriteRecommendationsAsync(ReleaseTable.Main, second, None);
        await writer.CompleteAsync("{}", None);

        Assert.Equal(
            await QueryAsync<string>(
                "select case when 'lz4' = any(enumvals) then 'lz4' else 'pglz' end from pg_settings "
                    + "where name = 'default_toast_compression'"),
            await QueryAsync<string>(
                $"select distinct pg_column_compression(scores) from batchrecs.movies_main_r{writer.ReleaseId}"));
    }

    /// <summary>A server whose files may not grow beyond 3 MB refuses rows as one with a full disk does: the write itself fails.</summary>
    [Fact]
    public async Task A_server_that_cannot_store_the_rows_ends_the_load_and_keeps_serving_the_current_release()
    {
        using var server = new PostgresCluster("full", largestFile: 3 << 20);
        await using var store = Databases.Open(
            new StoreSettings("serving", StoreProvider.Postgres, server.ConnectionTo("postgres")),
            NullLoggerFactory.Instance,
            retries: Quick);
        await new Migrator(store, new FixedTime(Now)).MigrateAsync(None);
        var releases = new ReleaseStore(store);
        await releases.EnsureRecommenderAsync(Some.Spec(), None);
        var users = Some.Ids(IdKind.Int64, 2_000);
        long current = await Some.ReleaseAsync(releases, "movies", users, users);
        await releases.PublishAsync(current, Now, None);

        var error = await Assert.ThrowsAsync<StoreException>(() => Some.ReleaseAsync(releases, "movies", users, users, length: 500));
        int removed = await releases.DropOrphansAsync("movies", None);
        long next = await Some.ReleaseAsync(releases, "movies", users, users, score: 2);

        Assert.Equal((5, false, "releases/load_list"), (error.ExitCode, error.IsTransient, error.Statement));
        Assert.Contains("could not extend file", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, current), (removed, (await releases.FindCurrentAsync("movies", None))!.ReleaseId));
        Assert.Equal(Publication.Done, await releases.PublishAsync(next, Now, None));
    }

    Database Patient() => Databases.Open(Settings, NullLoggerFactory.Instance, retries: Quick);

    static async Task<ReleaseWriter> BeginAsync(Database store)
    {
        var releases = new ReleaseStore(store);
        await releases.EnsureRecommenderAsync(Some.Spec(), None);
        return await releases.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None);
    }

    void EndSessions() => Execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
            + "where datname = current_database() and application_name = 'batchrecs'");

    /// <summary>Commits as soon as another session waits for a table.</summary>
    async Task KeepWhenWaitedForAsync(NpgsqlTransaction transaction)
    {
        await using var connection = new NpgsqlConnection(Settings.Connection + ";Pooling=false;Application Name=watch");
        await connection.OpenAsync();
        await using var waiting = new NpgsqlCommand(
            "select count(*) from pg_locks where not granted and locktype = 'relation'", connection);
        while (await waiting.ExecuteScalarAsync() is 0L)
            await Task.Yield();
        await transaction.CommitAsync();
    }

    void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Settings.Connection + ";Pooling=false");
        connection.Open();
        ExecuteOn(connection, sql);
    }

    static void ExecuteOn(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Similar items of one item; something happens the first time that a certain one is asked for.</summary>
    sealed class BreakingRows(int at, Action happens) : IReadOnlyList<SimilarItem>
    {
        bool _happened;

        public int Count => Rows;

        public SimilarItem this[int index]
        {
            get
            {
                if (index == at && !_happened)
                {
                    _happened = true;
                    happens();
                }
                return new SimilarItem(1, index + 1, index, 0.5, "als");
            }
        }

        public IEnumerator<SimilarItem> GetEnumerator() => Enumerable.Range(0, Count).Select(n => this[n]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
