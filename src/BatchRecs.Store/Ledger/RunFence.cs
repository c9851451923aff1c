using System.Data.Common;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;
using Dapper;

namespace BatchRecs.Store.Ledger;

/// <summary>What shows that somebody still holds the lock of a recommender: the number of times that it was given away.</summary>
/// <remarks>
/// A process that was paused for long may wake up after another has taken the lock over. What readers or later runs could come across is
/// done in transactions that ask for the fence first: setting a recommender up, beginning, completing, judging, publishing and removing a
/// release, and rows on their way into tables that releases share. Three things need no fence: rows and indexes of a release that has
/// tables of its own, because the next run drops these; the clearing of a release that was marked for removal, which leads to the same
/// end whoever does it; and forgetting a user, which must not wait for a run.
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
        if (await session.FindAsync<long?>(Held(session.Database), token) is null)
            throw Lost();
    }

    /// <summary>Makes sure of the same until a transaction ends that no session knows of.</summary>
    /// <exception cref="StoreException">Another has taken it over.</exception>
    internal void Check(Database database, DbTransaction transaction)
    {
        var held = Held(database);
        database.BeforeStatement?.Invoke(held.Name);
        if (transaction.Connection!.QueryFirstOrDefault<long?>(held.Text(database.Dialect), held.Arguments, transaction) is null)
            throw Lost();
    }

    Statement Held(Database database) => new("locks/check", database.FixedTokens(), new { recommender = Recommender, fence = Fence });
}
