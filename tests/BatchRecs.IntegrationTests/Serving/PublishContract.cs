using System.Data;
using System.Data.Common;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>Whatever happens while the current release changes, a reader sees one complete release.</summary>
public abstract class PublishContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    [Fact]
    public async Task Readers_see_exactly_one_complete_release_while_it_changes_twenty_times()
    {
        long[] releases = await TwoReleasesAsync();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntilAsync(done.Token))).ToList();

        for (int flip = 1; flip <= 20; flip++)
            await Releases.PublishAsync(releases[flip % 2], Now.AddMinutes(flip), None);
        await done.CancelAsync();

        var reads = await Task.WhenAll(readers);
        Assert.All(reads, seen => Assert.NotEmpty(seen));
        Assert.All(
            reads.SelectMany(seen => seen),
            read => Assert.Equal((33L, 1L, 1L, 1L), (read.Rows, read.Releases, read.Scores, read.Times)));
    }

    [Fact]
    public async Task Whichever_statement_of_a_publication_fails_readers_keep_the_old_release()
    {
        long[] releases = await TwoReleasesAsync();

        int failures = 0;
        for (int n = 1; await FailsAtAsync(n, () => Releases.PublishAsync(releases[1], Now.AddDays(1), None)); n++)
        {
            failures++;
            Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
            Assert.Equal(releases[0], (await Releases.FindCurrentAsync("movies", None))!.ReleaseId);
        }

        Assert.Equal(9, failures);
        Assert.Equal([2.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
        Assert.Equal(releases[1], (await Releases.FindCurrentAsync("movies", None))!.ReleaseId);
    }

    [Fact]
    public async Task Whichever_statement_of_a_load_fails_readers_keep_the_old_release_and_the_next_run_cleans_up()
    {
        long[] releases = await TwoReleasesAsync();

        for (int n = 1; await FailsAtAsync(n, () => Some.ReleaseAsync(Releases, "movies", Ids, Ids, 3)); n++)
            Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
        await Releases.DropOrphansAsync("movies", None);

        var left = (await Releases.ListAsync("movies", None)).Select(release => release.State).ToList();
        Assert.Equal(["built", "built", "built"], left);
        Assert.Equal([99], await StoredRowsAsync("movies_main"));
        Assert.Equal(releases[0], (await Releases.FindCurrentAsync("movies", None))!.ReleaseId);
    }

    [Fact]
    public async Task Whichever_statement_of_a_removal_fails_it_is_finished_the_next_time()
    {
        long[] releases = await TwoReleasesAsync();
        await Releases.PublishAsync(releases[1], Now.AddDays(1), None);

        for (int n = 1; await FailsAtAsync(n, () => Releases.PruneAsync("movies", 1, None)); n++)
            Assert.Equal([2.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));

        Assert.Equal([releases[1]], (await Releases.ListAsync("movies", None)).Select(release => release.ReleaseId));
        Assert.Equal([33], await StoredRowsAsync("movies_main"));
    }

    [Fact]
    public async Task A_lock_in_the_way_of_a_publication_is_waited_for()
    {
        long[] releases = await TwoReleasesAsync();
        int refusals = 0;
        Store.BeforeStatement = name =>
        {
            if (name == "releases/move_pointer" && ++refusals <= 2)
                throw new StoreException("A lock is in the way.", isTransient: true);
        };

        await Releases.PublishAsync(releases[1], Now, None);

        Assert.Equal(3, refusals);
        Assert.Equal([2.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
    }

    [Fact]
    public async Task Two_publishers_at_once_leave_one_current_release()
    {
        long[] releases = await TwoReleasesAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(
            n => Task.Run(() => Releases.PublishAsync(releases[n % 2], Now.AddMinutes(n), None))));

        var current = Assert.Single(await Releases.ListAsync("movies", None), release => release.IsCurrent);
        Assert.Equal([current.ReleaseId], await QueryAsync<long>($"select distinct release_id from {View("movies_recommendations")}"));
    }

    [Fact]
    public async Task A_reader_inside_a_transaction_keeps_its_release_and_does_not_hold_up_the_publication()
    {
        long[] releases = await TwoReleasesAsync();
        await using var connection = await Store.OpenAsync(readOnly: true, None);
        await using var transaction = await BeginReadingAsync(connection);
        string query = $"select distinct score from {View("movies_recommendations")}";
        Assert.Equal([1.0], await connection.QueryAsync<double>(query, transaction: transaction));

        await Releases.PublishAsync(releases[1], Now, None);

        Assert.Equal([1.0], await connection.QueryAsync<double>(query, transaction: transaction));
        Assert.Equal([2.0], await QueryAsync<double>(query));
    }

    /// <summary>Begins a transaction that keeps its snapshot; in SQLite a deferred one, which takes no lock that writers need.</summary>
    static async Task<DbTransaction> BeginReadingAsync(DbConnection connection) => connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: true)
        : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);

    async Task<long[]> TwoReleasesAsync()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        long first = await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score: 1);
        long second = await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score: 2);
        await Releases.PublishAsync(first, Now, None);
        return [first, second];
    }

    /// <summary>Runs an action whose n-th statement fails.</summary>
    /// <returns>False if the action has fewer statements and so came to its end.</returns>
    async Task<bool> FailsAtAsync(int n, Func<Task> action)
    {
        int statements = 0;
        Store.BeforeStatement = name =>
        {
            if (++statements == n)
                throw new StoreException($"Statement {name} fails on purpose.");
        };
        try
        {
            await action();
            return false;
        }
        catch (StoreException exception) when (exception.Message.EndsWith("on purpose.", StringComparison.Ordinal))
        {
            return true;
        }
        finally
        {
            Store.BeforeStatement = null;
        }
    }

    async Task<List<Read>> ReadUntilAsync(CancellationToken done)
    {
        await using var connection = await Store.OpenAsync(readOnly: true, None);
        var reads = new List<Read>();
        do
        {
            reads.AddRange(await connection.QueryAsync<Read>(
                $"""
                 select count(*) as rows, count(distinct release_id) as releases, count(distinct score) as scores,
                     count(distinct published_at) as times
                 from {View("movies_recommendations")}
                 """));
        }
        while (!done.IsCancellationRequested);
        return reads;
    }

    sealed record Read
    {
        public long Rows { get; init; }

        public long Releases { get; init; }

        public long Scores { get; init; }

        public long Times { get; init; }
    }
}

public sealed class SqlitePublishTests() : PublishContract(StoreProvider.Sqlite);

public sealed class PostgresPublishTests() : PublishContract(StoreProvider.Postgres);
