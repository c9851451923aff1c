using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>
/// One lock per recommender: at most one piece of work at a time makes, publishes or removes its releases, on all machines.
/// </summary>
/// <remarks>
/// A row with a lease and a fence, on every kind of store alike, by the store's own clock. Who dies on the machine of the next
/// one who asks is noticed at once; who dies elsewhere when the lease has run out. Every method throws <see cref="StoreException"/>
/// if the store refuses.
/// </remarks>
/// <param name="database">The store; its migrations are applied.</param>
public sealed class RecommenderLocks(Database database)
{
    /// <summary>How long a holder counts as living after it last said so.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Takes the lock for work that is no run; a run takes it as it begins, see <see cref="RunLedger.StartAsync"/>.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="purpose">What the work is, for people: <c>migrate --recreate</c>.</param>
    /// <param name="owner">Who does it; the caller has entered it.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The fence, or else who holds the lock.</returns>
    public async Task<(RunFence? Fence, LockState? Holder)> TryTakeAsync(
        string recommender, string purpose, LockOwner owner, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        var state = await LockAsync(session, recommender, token);
        if (state.IsHeld)
            return (null, state);
        var fence = await TakeAsync(session, recommender, purpose, null, owner, token);
        await session.CommitAsync(token);
        return (fence, null);
    }

    /// <summary>Finds the lock of a recommender; null if nobody ever took it.</summary>
    public async Task<LockState?> FindAsync(string recommender, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await FindAsync(session, recommender, token);
    }

    /// <summary>Says that the holder lives.</summary>
    /// <returns>False if another has taken the lock over.</returns>
    public async Task<bool> RenewAsync(RunFence fence, CancellationToken token) =>
        await ExecuteAsync(
            "locks/renew",
            new { recommender = fence.Recommender, fence = fence.Fence, lease = (long)Lease.TotalMicroseconds },
            token) > 0;

    /// <summary>Gives the lock back; does nothing if another has taken it over.</summary>
    public Task FreeAsync(RunFence fence, CancellationToken token) => database.Retry.RunAsync(
        "giving a lock back",
        () => ExecuteAsync("locks/free", new { recommender = fence.Recommender, fence = fence.Fence }, token),
        token);

    /// <summary>
    /// Tells whether an error of <see cref="RenewAsync"/> keeps everybody else from the lock as well: while somebody writes to a SQLite
    /// file for long, the run itself perhaps, nobody can take a lock over in it.
    /// </summary>
    public bool IsOutOfReachForAll(Exception error) => database.Dialect == "sqlite" && error is StoreException { IsTransient: true };

    /// <summary>Asks a run to end; it hears within half a second.</summary>
    /// <param name="recommender">Name of its recommender.</param>
    /// <param name="runId">The run.</param>
    /// <param name="request">Who wants it, and why.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>False if that run does not hold the lock: it has ended.</returns>
    public async Task<bool> RequestCancelAsync(string recommender, long runId, CancelRequest request, CancellationToken token) =>
        await ExecuteAsync(
            "locks/request_cancel", new { recommender, runId, requestedBy = request.RequestedBy, reason = request.Reason }, token) > 0;

    /// <summary>Opens what looks again and again whether somebody wants the holder to end.</summary>
    public async Task<LockWatch> WatchAsync(RunFence fence, CancellationToken token) =>
        new(await database.StartAsync(readOnly: true, token), fence, _tokens);

    /// <summary>Keeps the lock as it is until the transaction of the session ends.</summary>
    internal async Task<LockState> LockAsync(Session session, string recommender, CancellationToken token)
    {
        await session.ExecuteAsync(new Statement("locks/add", _tokens, new { recommender }), token);
        await session.FindAsync<long>(new Statement("locks/lock", _tokens, new { recommender }), token);
        return (await FindAsync(session, recommender, token))!;
    }

    /// <summary>Gives the lock to a piece of work; the caller has looked that it may have it.</summary>
    internal async Task<RunFence> TakeAsync(
        Session session, string recommender, string purpose, long? runId, LockOwner owner, CancellationToken token) =>
        new(recommender, await session.FindAsync<long>(
            new Statement("locks/take", _tokens, new
            {
                recommender,
                holder = owner.Token,
                purpose,
                runId,
                host = owner.Host,
                machine = owner.Machine,
                processId = owner.ProcessId,
                processStartedAt = owner.ProcessStartedAt,
                lease = (long)Lease.TotalMicroseconds,
            }),
            token));

    Task<LockState?> FindAsync(Session session, string recommender, CancellationToken token) =>
        session.FindAsync<LockState>(new Statement("locks/find", _tokens, new { recommender }), token);

    async Task<int> ExecuteAsync(string statement, object arguments, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        return await session.ExecuteAsync(new Statement(statement, _tokens, arguments), token);
    }
}
