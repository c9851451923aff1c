using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>How a kind of store keeps the rows of a release.</summary>
abstract class ReleaseTables
{
    /// <summary>Readies a session that is going to load rows.</summary>
    public abstract Task PrepareAsync(Session session, CancellationToken token);

    /// <summary>Makes room for a release that is about to be loaded.</summary>
    public abstract Task CreateAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Returns the quoted name of the table that the rows of a release are loaded into.</summary>
    public abstract string LoadTarget(RecommenderNames names, ReleaseTable table, long releaseId);

    /// <summary>
    /// Waits, inside a transaction, until no other session can still keep rows of a release: one whose connection broke may go on for a
    /// while.
    /// </summary>
    public abstract Task WaitForLoadsAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Returns how many rows of the table lists of recommendations take.</summary>
    public abstract int RowsOf(RecommendationBatch batch);

    /// <summary>Writes lists of recommendations in the form that this kind of store keeps them in.</summary>
    public abstract Task WriteListsAsync(RowLoader loader, ListRows rows, CancellationToken token);

    /// <summary>Reads lists of recommendations, as <c>releases/read_list</c> returns them.</summary>
    public abstract StoredLists ReadLists(RowReader rows, IdIndex users, IdIndex items);

    /// <summary>Makes the loaded rows of a release fast to read and visible to the views once the release is current.</summary>
    public abstract Task SealAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Drops what a release has for itself, finished or not, inside the transaction that drops its recommender.</summary>
    public abstract Task DropAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Removes the rows of a release that is not current; may be repeated after it was interrupted.</summary>
    /// <exception cref="StoreException">Transient if a reader still holds the rows: try again another day.</exception>
    public abstract Task RemoveAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);
}

/// <summary>Lists on their way to the store.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="Users">Turns user indices into ids.</param>
/// <param name="Items">Turns item indices into ids.</param>
/// <param name="Batch">The rows, ordered by user and rank.</param>
sealed record ListRows(long ReleaseId, IdMap Users, IdMap Items, RecommendationBatch Batch);
