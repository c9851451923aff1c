using BatchRecs.Core.Errors;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>
/// Keeps the lock of a recommender while work under it goes on, and hears when somebody wants the work to end. Its disposal gives the
/// lock back.
/// </summary>
public sealed class RunLease : IAsyncDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    /// <summary>A store that takes longer to answer counts as away: it is asked again rather than waited for.</summary>
    static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    readonly RecommenderLocks _locks;
    readonly RecommenderLocks _beats;
    readonly IDisposable _presence;
    readonly ILogger _logger;
    readonly TimeProvider _clock;
    readonly CancellationTokenSource _ending;
    readonly CancellationTokenSource _done = new();
    readonly Task _keeping;
    LockWatch? _watch;

    /// <summary>Begins to keep a lock that was just taken.</summary>
    /// <param name="locks">The locks of the store.</param>
    /// <param name="beats">The same, by way of connections that try nothing again: the lease asks again by itself.</param>
    /// <param name="fence">The lock.</param>
    /// <param name="presence">Lets the work count as being under way in this process; disposed with the lease.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="clock">What says how long ago the lock was renewed.</param>
    /// <param name="token">Ends the work from this process.</param>
    internal RunLease(
        RecommenderLocks locks,
        RecommenderLocks beats,
        RunFence fence,
        IDisposable presence,
        ILogger logger,
        TimeProvider clock,
        CancellationToken token)
    {
        _locks = locks;
        _beats = beats;
        _presence = presence;
        _logger = logger;
        _clock = clock;
        Fence = fence;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        long taken = clock.GetTimestamp();
        _keeping = Task.Run(() => KeepAsync(taken), CancellationToken.None);
    }

    /// <summary>Gets what shows that the lock is held.</summary>
    public RunFence Fence { get; }

    /// <summary>Gets what ends the work: this process, somebody's wish, or the loss of the lock.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>Gets who wanted the work to end; null if nobody did.</summary>
    public CancelRequest? Request { get; private set; }

    /// <summary>Gets why the lock was lost; null while it is not.</summary>
    public StoreException? Loss { get; private set; }

    /// <summary>Takes the lock for work that is no run.</summary>
    /// <param name="database">The serving store; its migrations are applied.</param>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="purpose">What the work is, for people: <c>migrate --recreate</c>.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="token">Ends the work from this process.</param>
    /// <exception cref="BusyException">Other work on the recommender is under way; the message names it.</exception>
    /// <exception cref="StoreException">The store refused.</exception>
    public static async Task<RunLease> TakeAsync(
        Database database, string recommender, string purpose, ILogger logger, CancellationToken token)
    {
        var locks = new RecommenderLocks(database);
        var owner = LockOwner.New();
        var presence = owner.Enter();
        try
        {
            var (fence, holder) = await locks.TryTakeAsync(recommender, purpose, owner, token);
            return fence is null
                ? throw new BusyException(
                    $"{purpose} of {recommender} is skipped: already running ({holder!.Description}). Try again when that has ended.")
                : new RunLease(locks, locks, fence, presence, logger, TimeProvider.System, token);
        }
        catch
        {
            presence.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _keeping;
        try
        {
            await _locks.FreeAsync(Fence, CancellationToken.None);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The work is done, whatever became of its lock. Nobody waits for it on this machine: the work has left, and whoever comes
            // next sees that.
            PipelineLog.LockKept(_logger, Fence.Recommender, error.Message);
        }
        _presence.Dispose();
        _ending.Dispose();
        _done.Dispose();
    }

    async Task KeepAsync(long renewed)
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (Loss is null && await timer.WaitForNextTickAsync(_done.Token))
                renewed = await BeatAsync(renewed);
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        if (_watch is not null)
            await _watch.DisposeAsync();
    }

    /// <summary>Looks once, and renews when it is time. A store that does not answer is asked again until the lease has run out.</summary>
    /// <returns>When the lock was last renewed.</returns>
    async Task<long> BeatAsync(long renewed)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_done.Token);
        limit.CancelAfter(AnswerWithin);
        try
        {
            _watch ??= await _beats.WatchAsync(Fence, limit.Token);
            if (await _watch.LookAsync(limit.Token) is not { } request)
                await LoseAsync();
            else if (request.RequestedBy is { } by && Request is null)
            {
                Request = request;
                await _ending.CancelAsync();
                PipelineLog.CancelRequested(_logger, Fence.Recommender, by);
            }
            if (Loss is not null || _clock.GetElapsedTime(renewed) < Renewal)
                return renewed;
            long before = _clock.GetTimestamp();
            if (await _beats.RenewAsync(Fence, limit.Token))
                return before;
            await LoseAsync();
        }
        catch (Exception error) when (!_done.IsCancellationRequested)
        {
            // Whatever it was, the work goes on: the lease says for how long.
            await CloseAsync();
            if (_clock.GetElapsedTime(renewed) > RecommenderLocks.Lease && !_beats.IsOutOfReachForAll(error))
                await LoseAsync();
            else
                PipelineLog.LockNotRenewed(_logger, Fence.Recommender, error.Message);
        }
        return renewed;
    }

    /// <summary>Works under the lock; where that was lost, the error says so.</summary>
    /// <param name="work">The work; its token ends it.</param>
    /// <exception cref="StoreException">The lock was lost.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(Token);
        }
        catch (OperationCanceledException) when (Loss is not null)
        {
            throw Loss;
        }
    }

    /// <summary>Another may be at work from now on, so this work ends.</summary>
    async Task LoseAsync()
    {
        Loss = Fence.Lost();
        await _ending.CancelAsync();
    }

    async Task CloseAsync()
    {
        if (_watch is not null)
            await _watch.DisposeAsync();
        _watch = null;
    }
}
