using BatchRecs.Core.Allocating;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Core.Recipes;

/// <summary>How a snapshot becomes lists: weigh, train, candidates, blend.</summary>
public sealed record RecipeOptions
{
    /// <summary>Gets how events become weights.</summary>
    public required WeighingOptions Weighing { get; init; }

    /// <summary>Gets the scorers, at least one; the order decides ties in the blend.</summary>
    public required IReadOnlyList<ScorerChoice> Scorers { get; init; }

    /// <summary>Gets what a user has seen and should not get again.</summary>
    public required SeenRule Seen { get; init; }

    /// <summary>Gets how many candidates each scorer proposes per user, at least the length of a list.</summary>
    public required int Candidates { get; init; }

    /// <summary>Gets the last part of the training data, on which what is <c>tuned</c> is picked.</summary>
    public required HoldoutRule Validation { get; init; }

    /// <summary>Gets what changes the lists of all users together; null = nothing does.</summary>
    public AllocationOptions? Allocation { get; init; }

    /// <summary>Gets the seed of every random number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the number of threads, at least 1; never changes a result.</summary>
    public required int Threads { get; init; }
}

/// <summary>What changes the lists of all users together, and of which users.</summary>
/// <param name="Allocators">One after the other.</param>
/// <param name="Count">Length of a list as it is served.</param>
/// <param name="Active">How recent a user's last event must be for a list.</param>
/// <param name="Exploration">How items are drawn for a place of the lists, after all allocators; null = none are.</param>
public sealed record AllocationOptions(
    IReadOnlyList<NamedAllocator> Allocators, int Count, TimeSpan Active, ExplorationOptions? Exploration = null)
{
    /// <summary>Gets how many places of a list are kept: as many as are served, or as the allocators look at.</summary>
    public int Capacity => Math.Max(Count, Allocators.Select(step => step.Allocator.Reach).DefaultIfEmpty().Max());
}

/// <summary>An allocator of the recipe.</summary>
/// <param name="Name">Its catalog name.</param>
/// <param name="Allocator">The allocator.</param>
public sealed record NamedAllocator(string Name, IAllocator Allocator);

/// <summary>A scorer of the recipe.</summary>
/// <param name="Name">Its catalog name; the source of the rows it proposes.</param>
/// <param name="Variants">One, or several of which the best is picked on the validation window.</param>
/// <param name="Weight">Its weight in the blend, in [0, ∞); null = picked on the validation window.</param>
public sealed record ScorerChoice(string Name, IReadOnlyList<ScorerVariant> Variants, double? Weight);

/// <summary>A scorer with all its settings.</summary>
/// <param name="Label">What tells it from its siblings, for people: <c>half-life 7 d</c>; may be empty.</param>
/// <param name="Scorer">The scorer.</param>
public sealed record ScorerVariant(string Label, IScorer Scorer);
