namespace BatchRecs.Core.Evaluation;

/// <summary>What items have in common: each is a unit vector, and the similarity of two items is the cosine of theirs.</summary>
/// <remarks>An item about which nothing is known is the zero vector: it is similar to nothing.</remarks>
public abstract class ItemSimilarity
{
    /// <summary>Gets what the vectors are made of, in a word for people.</summary>
    public abstract string Of { get; }

    /// <summary>Gets the length of a vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Adds the unit vector of an item to a sum.</summary>
    /// <param name="item">Item index.</param>
    /// <param name="sum">Of <see cref="Dimensions"/> numbers.</param>
    /// <returns>The squared length of the vector: 1, or 0 for an item about which nothing is known.</returns>
    public abstract double AddTo(int item, Span<double> sum);

    /// <summary>Returns the cosine of two items, in [−1, 1].</summary>
    public abstract double Cosine(int a, int b);
}
