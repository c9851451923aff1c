using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>One connection that looks at a held lock again and again.</summary>
public sealed class LockWatch : IAsyncDisposable
{
    readonly Session _session;
    readonly Statement _look;

    internal LockWatch(Session session, RunFence fence, Tokens tokens)
    {
        _session = session;
        _look = new Statement("locks/watch", tokens, new { recommender = fence.Recommender, fence = fence.Fence });
    }

    /// <summary>Looks once.</summary>
    /// <returns>Who wants the holder to end, if anybody; null if another has taken the lock over.</returns>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task<CancelRequest?> LookAsync(CancellationToken token)
    {
        var found = await _session.FindAsync<Row>(_look, token);
        return found is null ? null : new CancelRequest(found.CancelRequestedBy, found.CancelReason);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    sealed record Row
    {
        public string? CancelRequestedBy { get; init; }

        public string? CancelReason { get; init; }
    }
}
