using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Training;

/// <summary>A scorer that has been fitted; safe to call from several threads at once.</summary>
public interface IFittedScorer
{
    /// <summary>Finds the best items of each user of a block.</summary>
    /// <param name="users">User indices.</param>
    /// <param name="exclusions">Items that may not appear, for all users or for one.</param>
    /// <param name="candidates">Receives a list per user, best first (score descending, item index ascending), no longer than its
    /// capacity; a user whom the scorer knows nothing about gets an empty list.</param>
    void TopCandidates(ReadOnlySpan<int> users, Exclusions exclusions, CandidateBlock candidates);

    /// <summary>Names what in the user's history speaks most for an item.</summary>
    /// <param name="user">User index.</param>
    /// <param name="items">Items in the user's list, at most a few dozen.</param>
    /// <param name="because">Receives the item of the user's history with the largest positive share in each score, or −1 where the score
    /// does not come from the user's history; same length as <paramref name="items"/>.</param>
    void Explain(int user, ReadOnlySpan<int> items, Span<int> because);
}
