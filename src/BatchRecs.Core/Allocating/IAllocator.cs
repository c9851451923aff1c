namespace BatchRecs.Core.Allocating;

/// <summary>Changes the lists of all users together, once every list is there: what one list cannot know of the others.</summary>
/// <remarks>
/// To add one: a file with its options record and its class, and one line in the catalog of allocators. The result must be the same at any
/// number of threads, must use nothing but its arguments, and must never bring in an item that is excluded or twice on a list.
/// </remarks>
public interface IAllocator
{
    /// <summary>Gets how many candidates of each list it looks at; fewer than are served ask for nothing more.</summary>
    int Reach { get; }

    /// <summary>Changes the lists in place.</summary>
    /// <param name="lists">The lists of all users, as the steps before left them.</param>
    /// <param name="context">What else is known.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>What was done, and whether the aim was met.</returns>
    AllocationOutcome Allocate(ListSet lists, AllocationContext context, CancellationToken token);
}

/// <summary>What an allocator did.</summary>
/// <param name="Note">In a few words, for an operator.</param>
/// <param name="Figures">Its figures by name, for the metrics of the release.</param>
/// <param name="Shortfall">Why the aim was not met, how much can be met and the remedy; null = it was met.</param>
public sealed record AllocationOutcome(string Note, IReadOnlyDictionary<string, double> Figures, string? Shortfall = null);

/// <summary>What an allocator of a job did.</summary>
/// <param name="Allocator">Its catalog name.</param>
/// <param name="Outcome">What it did.</param>
public sealed record AllocationStep(string Allocator, AllocationOutcome Outcome);
