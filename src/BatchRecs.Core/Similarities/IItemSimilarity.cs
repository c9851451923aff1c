namespace BatchRecs.Core.Similarities;

/// <summary>How alike two items are.</summary>
public interface IItemSimilarity
{
    /// <summary>Returns the similarity of two items.</summary>
    /// <returns>At most 1, which is that of an item with itself; the same both ways.</returns>
    double Of(int item, int other);
}
