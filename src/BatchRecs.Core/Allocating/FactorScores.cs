using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Allocating;

/// <summary>Scores of any user for any item as the dot product of their factors: what makes users comparable.</summary>
public sealed class FactorScores
{
    /// <summary>Makes scores of factors that exist.</summary>
    /// <param name="users">A row per user.</param>
    /// <param name="items">A row per item, as long.</param>
    /// <param name="proposer">The bit of their scorer among the proposers of a <see cref="ListSet"/>; 0 = none.</param>
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

    /// <summary>Tells whether anything is known of a user.</summary>
    public bool KnowsUser(int user) => Users.Row(user).ContainsAnyExcept(0f);

    /// <summary>Tells whether anything is known of an item.</summary>
    public bool KnowsItem(int item) => Items.Row(item).ContainsAnyExcept(0f);

    internal FactorMatrix Users { get; }

    internal FactorMatrix Items { get; }
}
