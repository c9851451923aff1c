using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>What shows that somebody still holds the lock of a recommender: the number of times that it was given away.</summary>
/// <remarks>
/// A process that was paused for long may wake up after another has taken the lock over. Whatever changes releases asks for the fence
/// inside its own transaction, so such a process changes nothing.
/// </remarks>
/// <param name="Recommender">Name of the recommender.</param>
/// <param name="Fence">The number at which the holder got the lock.</param>
public sealed record RunFence(string Recommender, long Fence)
{
    /// <summary>Returns the error of a holder whose lock another has taken over.</summary>
    public StoreException Lost() => new(
        $"The lock of {Recommender} was taken over: this process said nothing for longer than its lease lasts (it was paused, or the "
        + "store could not be reached), so another one may be at work. It changes nothing any more. batchrecs runs list shows what "
        + "runs now; finished stages are kept.");

    /// <summary>Makes sure that the lock stays held until the transaction of the session ends.</summary>
    /// <exception cref="StoreException">Another has taken it over.</exception>
    internal async Task CheckAsync(Session session, CancellationToken token)
    {
        var check = new Statement("locks/check", session.Database.FixedTokens(), new { recommender = Recommender, fence = Fence });
        if (await session.FindAsync<long?>(check, token) is null)
            throw Lost();
    }
}
