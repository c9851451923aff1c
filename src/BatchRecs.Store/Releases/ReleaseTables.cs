using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>How a kind of store keeps the rows of a release.</summary>
abstract class ReleaseTables
{
    /// <summary>Makes room for a release that is about to be loaded.</summary>
    public abstract Task CreateAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Returns the quoted name of the table that the rows of a release are loaded into.</summary>
    public abstract string LoadTarget(RecommenderNames names, ReleaseTable table, long releaseId);

    /// <summary>Makes the loaded rows of a release fast to read and visible to the views once the release is current.</summary>
    public abstract Task SealAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Drops what a release has for itself, finished or not, inside the transaction that drops its recommender.</summary>
    public abstract Task DropAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);

    /// <summary>Removes the rows of a release that is not current; may be repeated after it was interrupted.</summary>
    /// <exception cref="StoreException">Transient if a reader still holds the rows: try again another day.</exception>
    public abstract Task RemoveAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token);
}
