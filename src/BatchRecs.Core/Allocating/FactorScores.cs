using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Allocating;

/// <summary>Scores of any user for any item as the dot product of their factors: what makes users comparable.</summary>
public sealed class FactorScores
{
    /// <summary>Makes scores of factors that exist.</summary>
    /// <param name="users">A row per user.</param>
    /// <param name="items">A row per item, as long.</param>
    /// <param name="proposer">The bit of the scorer whose factors these are among the proposers of a <see cref="ListSet"/>; 0 = none.</param>
    internal FactorScores(FactorMatrix users, FactorMatrix items, uint proposer) =>
        (Users, Items, Proposer) = (users, items, proposer);

    /// <summary>Makes scores of row-major factors.</summary>
    /// <param name="userFactors">Users × d, row-major; a user without entries has zeros.</param>
    /// <param name="itemFactors">Items × d, row-major; an item without entries has zeros.</param>
    /// <param name="factors">Length d of a row.</param>
    public FactorScores(float[] userFactors, float[] itemFactors, int factors)
        : this(
            FactorMatrix.FromDense(userFactors, userFactors.Length / factors, factors),
            FactorMatrix.FromDense(itemFactors, itemFactors.Length / factors, factors),
            proposer: 0)
    {
    }

    /// <summary>Gets the bit of the scorer among the proposers of a <see cref="ListSet"/>; 0 = none.</summary>
    public uint Proposer { get; }

    internal FactorMatrix Users { get; }

    internal FactorMatrix Items { get; }
}
