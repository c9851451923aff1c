using System.Threading.Channels;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.IntegrationTests.Store;

/// <summary>Work whose lock is lost ends, and says why; work whose store is only away for a while goes on.</summary>
public abstract class RunLeaseContract(StoreProvider provider) : StoreContract(provider)
{
    readonly LeapingClock _clock = new();

    private protected RecommenderLocks Locks => new(Store);

    [Fact]
    public async Task A_lock_that_is_taken_over_ends_the_work_at_the_next_look()
    {
        await using var lease = await TakeAsync();

        await TakeOverAsync();

        await AssertLostAsync(lease);
    }

    [Fact]
    public async Task A_lock_that_is_taken_over_between_a_look_and_its_renewal_ends_the_work()
    {
        await using var lease = await TakeAsync();
        Store.BeforeStatement = name =>
        {
            if (name == "locks/renew")
                TakeOverAsync().GetAwaiter().GetResult();
        };

        _clock.Leap(TimeSpan.FromSeconds(11));

        await AssertLostAsync(lease);
    }

    [Fact]
    public async Task A_lock_that_is_renewed_stays()
    {
        await using var lease = await TakeAsync();
        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1");
        var renewals = new Calls(Store, "locks/renew");

        _clock.Leap(TimeSpan.FromSeconds(11));
        await renewals.WaitForAsync(1);
        await new Calls(Store, "locks/watch").WaitForAsync(1);

        Assert.Null(lease.Loss);
        Assert.NotNull((await TryTakeAsync()).Holder);
    }

    [Fact]
    public async Task A_store_that_is_away_for_less_than_the_lease_is_asked_again()
    {
        using var log = new RecordedLog();
        await using var lease = await TakeAsync(log);
        var looks = new Calls(Store, "locks/watch", new StoreException("The disk is broken."));

        _clock.Leap(TimeSpan.FromSeconds(50));
        await looks.WaitForAsync(2);
        Store.BeforeStatement = null;

        Assert.Null(lease.Loss);
        Assert.False(lease.Token.IsCancellationRequested);
        Assert.Contains("The lock of movies could not be looked at and is asked for again: The disk is broken.", log.Warnings);
    }

    [Fact]
    public async Task A_store_that_is_away_for_longer_than_the_lease_ends_the_work()
    {
        await using var lease = await TakeAsync();
        Store.BeforeStatement = name =>
        {
            if (name == "locks/watch")
                throw new StoreException("The disk is broken.");
        };

        _clock.Leap(RecommenderLocks.Lease + TimeSpan.FromSeconds(1));

        await AssertLostAsync(lease);
    }

    private protected async Task<RunLease> TakeAsync(ILogger? log = null)
    {
        var owner = LockOwner.New();
        var presence = owner.Enter();
        var (fence, _) = await Locks.TryTakeAsync("movies", "test", owner, None);
        return new RunLease(Locks, Locks, fence!, presence, log ?? NullLogger.Instance, _clock, None);
    }

    private protected void Leap(TimeSpan time) => _clock.Leap(time);

    /// <summary>Waits for the end of work that ends only because its lock is lost.</summary>
    private protected static async Task AssertLostAsync(RunLease lease)
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => lease.RunAsync(async token =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
            return 0;
        }));

        Assert.Same(lease.Loss, error);
        Assert.StartsWith("The lock of movies was taken over: this process said nothing for", error.Message, StringComparison.Ordinal);
    }

    async Task<(RunFence? Fence, LockState? Holder)> TryTakeAsync() => await Locks.TryTakeAsync("movies", "other", LockOwner.New(), None);

    /// <summary>Another takes the lock, as it may once the lease has run out.</summary>
    async Task TakeOverAsync()
    {
        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1, machine = 'far away'");
        Assert.NotNull((await TryTakeAsync()).Fence);
    }

    /// <summary>Counts how often a statement is asked for, and refuses it where an error is given.</summary>
    private protected sealed class Calls
    {
        readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

        public Calls(Database store, string statement, StoreException? error = null) => store.BeforeStatement = name =>
        {
            if (name != statement)
                return;
            _calls.Writer.TryWrite(name);
            if (error is not null)
                throw error;
        };

        /// <summary>Waits until the statement was asked for so many times.</summary>
        public async Task WaitForAsync(int times)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            for (int n = 0; n < times; n++)
                await _calls.Reader.ReadAsync(limit.Token);
        }
    }

    /// <summary>A clock whose elapsed time jumps ahead when a test says so.</summary>
    sealed class LeapingClock : TimeProvider
    {
        long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);

        public void Leap(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
    }
}

/// <summary>The contract on SQLite, and what a file that is locked for long means there.</summary>
public sealed class SqliteRunLeaseTests() : RunLeaseContract(StoreProvider.Sqlite)
{
    /// <summary>Whoever writes to the file for so long keeps everybody else from the lock as well; mostly it is the run itself.</summary>
    [Fact]
    public async Task A_file_that_is_locked_for_longer_than_the_lease_does_not_end_the_work()
    {
        await using var lease = await TakeAsync();
        var looks = new Calls(Store, "locks/watch", new StoreException("The file is locked.", isTransient: true));

        Leap(RecommenderLocks.Lease + TimeSpan.FromSeconds(1));
        await looks.WaitForAsync(2);
        Store.BeforeStatement = null;

        Assert.Null(lease.Loss);
    }
}

/// <summary>The contract on PostgreSQL, and what a server that cannot be reached means there.</summary>
public sealed class PostgresRunLeaseTests() : RunLeaseContract(StoreProvider.Postgres)
{
    [Fact]
    public async Task A_server_that_is_out_of_reach_for_longer_than_the_lease_ends_the_work()
    {
        await using var lease = await TakeAsync();
        Store.BeforeStatement = name =>
        {
            if (name == "locks/watch")
                throw new StoreException("The network is gone.", isTransient: true);
        };

        Leap(RecommenderLocks.Lease + TimeSpan.FromSeconds(1));

        await AssertLostAsync(lease);
    }
}
