using System.Data;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Releases;
using Dapper;
using Npgsql;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>What an operator learns when another session of PostgreSQL holds a lock for long.</summary>
public sealed class PostgresLockTests() : StoreContract(StoreProvider.Postgres)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task When_the_attempts_are_spent_the_message_names_the_session_that_holds_the_lock()
    {
        long[] releases = await TwoReleasesAsync();
        await using var blocker = new NpgsqlConnection(Settings.Connection + ";Application Name=night shift");
        await blocker.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await blocker.ExecuteAsync("select release_id from batchrecs.movies_current for update", transaction: transaction);
        // The first attempts fail at once, so that the test waits only for the last one.
        int attempts = 0;
        Store.BeforeStatement = name =>
        {
            if (name == "releases/lock_pointer" && ++attempts < 5)
                throw new StoreException("A lock is in the way.", isTransient: true);
        };

        var error = await Assert.ThrowsAsync<StoreException>(() => Releases.PublishAsync(releases[0], Now, None));

        Assert.Equal(5, attempts);
        Assert.Matches(
            @"^Statement releases/lock_pointer failed in store 'serving' \(PostgreSQL 55P03\): canceling statement due to lock timeout\. " +
            @"Another session holds a lock for long: run again when it is done\. " +
            $"The lock was held by pid {blocker.ProcessID}, application 'night shift', user 'postgres', idle in transaction, " +
            @"its transaction began [0-9-]{10} [0-9:]{8} UTC, its last statement [0-9-]{10} [0-9:]{8} UTC\. " +
            $@"Let it end, or end it: select pg_terminate_backend\({blocker.ProcessID}\)\. " +
            @"Given up after 5 attempts in [0-9]+ s\.$",
            error.Message);
        Assert.Equal(releases[1], (await Releases.FindCurrentAsync("movies", None))!.ReleaseId);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_reader_that_keeps_a_release_from_being_removed_is_named_in_the_log()
    {
        await TwoReleasesAsync();
        using var log = new RecordedLog();
        await using var store = Databases.Open(Settings, log, names: null);
        await using var reader = new NpgsqlConnection(Settings.Connection + ";Application Name=monthly report");
        await reader.OpenAsync();
        await using var transaction = await reader.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await reader.QueryAsync<long>("select item_id from recs.movies_recommendations", transaction: transaction);

        Assert.Equal(0, await new ReleaseStore(store).PruneAsync("movies", 1, None));

        Assert.Contains(log.Warnings, line => line.Contains(
            $"The lock was held by pid {reader.ProcessID}, application 'monthly report', user 'postgres', idle in transaction",
            StringComparison.Ordinal));
    }

    /// <summary>PostgreSQL takes one table at a time out of a parent, and the reader holds up the first.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_reader_that_holds_two_old_releases_over_two_clean_ups_is_not_in_the_way_of_the_next_release()
    {
        await TwoReleasesAsync();
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score: 3), Now.AddDays(2), None);
        long next;
        await using (var reader = await Store.OpenAsync(readOnly: true, None))
        {
            await using var transaction = await reader.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await reader.QueryAsync<long>("select item_id from recs.movies_recommendations", transaction: transaction);

            Assert.Equal(0, await Releases.PruneAsync("movies", 1, None));
            Assert.Equal(0, await Releases.DropOrphansAsync("movies", None));
            next = await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score: 4);
            await Releases.PublishAsync(next, Now.AddDays(3), None);
        }

        Assert.Equal([4.0], await QueryAsync<double>("select distinct score from recs.movies_recommendations"));
        Assert.Equal(3, await Releases.PruneAsync("movies", 1, None));
        Assert.Equal([next], (await Releases.ListAsync("movies", None)).Select(release => release.ReleaseId));
    }

    async Task<long[]> TwoReleasesAsync()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        long first = await Some.ReleaseAsync(Releases, "movies", Ids, Ids);
        long second = await Some.ReleaseAsync(Releases, "movies", Ids, Ids);
        await Releases.PublishAsync(first, Now, None);
        await Releases.PublishAsync(second, Now.AddDays(1), None);
        return [first, second];
    }
}
