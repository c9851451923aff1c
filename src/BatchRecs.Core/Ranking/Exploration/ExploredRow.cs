namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>One place of one list that was given to a drawn item, and all that an estimate needs to know of the draw.</summary>
/// <param name="User">User index.</param>
/// <param name="Rank">The place, from 1.</param>
/// <param name="Item">The item that was drawn.</param>
/// <param name="Propensity">Its exact probability q(i) in (0, 1], given the pool.</param>
/// <param name="PoolSize">How many items could have been drawn for this user.</param>
/// <param name="Score">What the blend thinks of the item, scaled to [0, 1] over the pool.</param>
/// <param name="BestItem">The item of the pool that the blend would have taken; its score is 1.</param>
public readonly record struct ExploredRow(
    int User, int Rank, int Item, double Propensity, int PoolSize, double Score, int BestItem);
