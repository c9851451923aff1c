using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Recipes;

/// <summary>Makes the lists of all users and lets the allocators of the recipe change them, for serving and measuring alike.</summary>
/// <param name="options">The options of the recipe, with allocators.</param>
/// <param name="lists">The trained recipe.</param>
/// <param name="snapshot">What it was trained on.</param>
/// <param name="exclusions">What may not be recommended.</param>
public sealed class AllocatedLists(RecipeOptions options, RecipeLists lists, Snapshot snapshot, Exclusions exclusions)
{
    readonly AllocationOptions _allocation = options.Allocation
        ?? throw new ArgumentException("The recipe has no allocators.", nameof(options));

    /// <summary>Makes the lists as the scorers have them.</summary>
    /// <param name="users">All users with a list, ascending.</param>
    /// <param name="token">Ends the work early.</param>
    public ListSet Gather(int[] users, CancellationToken token) =>
        lists.SetOfAll(users, exclusions, _allocation.Count, _allocation.Capacity, token);

    /// <summary>Lets the allocators change the lists, one after the other; at the end items are drawn where the recipe explores.</summary>
    /// <param name="all">The lists of all users.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>What each step did, in their order.</returns>
    public IReadOnlyList<AllocationStep> Allocate(ListSet all, CancellationToken token)
    {
        var context = new AllocationContext
        {
            Users = snapshot.Users,
            Items = snapshot.Items,
            Catalog = snapshot.Catalog,
            Exclusions = exclusions,
            Factors = lists.Factors(),
            Day = (long)Math.Floor(TimeSpan.FromMicroseconds(snapshot.DataUntil).TotalDays),
            Seed = options.Seed,
            Threads = options.Threads,
        };
        var steps = new List<AllocationStep>();
        foreach (var (name, allocator) in _allocation.Allocators)
            steps.Add(new AllocationStep(name, allocator.Allocate(all, context, token)));
        if (_allocation.Exploration is { } exploration)
        {
            var explorer = new ListExplorer(exploration, lists, snapshot, exclusions, options.Threads);
            steps.Add(new AllocationStep(ListExplorer.Name, explorer.Explore(all, token)));
        }
        return steps;
    }
}
