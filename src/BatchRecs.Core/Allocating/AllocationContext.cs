using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Allocating;

/// <summary>What allocators may use besides the lists.</summary>
public sealed record AllocationContext
{
    /// <summary>Gets the external ids of the users: what is drawn for a user follows the id, not the index, which moves.</summary>
    public required IdMap Users { get; init; }

    /// <summary>Gets the external ids of the items.</summary>
    public required IdMap Items { get; init; }

    /// <summary>Gets the number of items of the snapshot.</summary>
    public int ItemCount => Items.Count;

    /// <summary>Gets what may not be recommended.</summary>
    public required Exclusions Exclusions { get; init; }

    /// <summary>Gets what is known of the items besides events; null where nothing is.</summary>
    public ItemCatalog? Catalog { get; init; }

    /// <summary>Gets the scores of any user for any item; null where no scorer of the recipe has factors.</summary>
    public FactorScores? Factors { get; init; }

    /// <summary>Gets the day of the newest event, counted from 1970-01-01 UTC: what takes turns from night to night.</summary>
    public required long Day { get; init; }

    /// <summary>Gets the seed of every random number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the number of threads, at least 1; never changes a result.</summary>
    public required int Threads { get; init; }
}
