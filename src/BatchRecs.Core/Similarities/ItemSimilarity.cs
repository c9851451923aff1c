namespace BatchRecs.Core.Similarities;

/// <summary>What items have in common: each is a unit vector, and the similarity of two items is the cosine of theirs.</summary>
/// <remarks>
/// An item about which nothing is known is the zero vector: it is similar to nothing. Measurements use cosines, because those of all pairs
/// of a list follow from the sum of its vectors.
/// </remarks>
public abstract class ItemSimilarity : IItemSimilarity
{
    /// <summary>Gets what the vectors are made of, in a word for people.</summary>
    public abstract string Basis { get; }

    /// <summary>Gets the length of a vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Adds the unit vector of an item to a sum.</summary>
    /// <param name="item">Item index.</param>
    /// <param name="sum">Of <see cref="Dimensions"/> numbers.</param>
    /// <returns>The squared length of the vector: 1, or 0 for an item about which nothing is known.</returns>
    public abstract double AddTo(int item, Span<double> sum);

    /// <summary>Returns the cosine of two items.</summary>
    /// <returns>In [−1, 1]; 0 where nothing is known of one of them.</returns>
    public abstract double Of(int item, int other);
}
