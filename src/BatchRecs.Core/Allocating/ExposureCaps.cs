using System.ComponentModel.DataAnnotations;
using System.Globalization;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Allocating;

/// <summary>Options of the allocator <c>exposure</c>.</summary>
public sealed record ExposureOptions
{
    /// <summary>Gets the share of the lists that an item may be on, within the first <see cref="Depth"/> ranks.</summary>
    /// <value>The default is 0.02.</value>
    [Range(0.0001, 1.0)]
    public double MaxShare { get; init; } = 0.02;

    /// <summary>Gets how many ranks count.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1000)]
    public int Depth { get; init; } = 10;
}

/// <summary>The allocator <c>exposure</c>: no item is on more than a share of the lists.</summary>
/// <remarks>
/// Rounds: every user takes an item for rank 1, then every user one for rank 2, and so on, each the best of the own candidates that is
/// still to be had; the users' order turns round from rank to rank, so that nobody is always last. What is gone never comes back, so a
/// cursor per list suffices: O(users × candidates).
/// </remarks>
public sealed class ExposureCaps(ExposureOptions options) : IAllocator
{
    /// <summary>Candidates per counted rank: with fewer, lists run short where caps bite.</summary>
    const int CandidatesPerRank = 10;

    /// <inheritdoc/>
    public int Reach => options.Depth * CandidatesPerRank;

    /// <inheritdoc/>
    public AllocationOutcome Allocate(ListSet lists, AllocationContext context, CancellationToken token)
    {
        var before = Count(lists, context);
        long most = Cap(lists);
        var rounds = new CappedRounds(
            lists, Math.Min(options.Depth, lists.Count), new ItemCaps(context.ItemCount, most), mayOverrun: false);
        rounds.Run(token);
        var after = Count(lists, context);
        long largest = after.Counts.Max();
        string above = largest <= most ? "" : string.Create(
            CultureInfo.InvariantCulture, $", {largest:N0} of what rules or other allocators put there");
        return new AllocationOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"no item on more than {most:N0} lists{above} (was {before.Counts.Max():N0}), {rounds.ChangedLists:N0} lists changed"),
            new Dictionary<string, double>
            {
                ["cap"] = most,
                ["largestBefore"] = before.Counts.Max(),
                ["largestAfter"] = largest,
                ["coverageBefore"] = before.Coverage(),
                ["coverageAfter"] = after.Coverage(),
                ["changedLists"] = rounds.ChangedLists,
                ["shortLists"] = rounds.ShortLists,
            });
    }

    /// <summary>The cap counts lists that exist; where there are few, one list is always allowed.</summary>
    long Cap(ListSet lists) => Math.Max(1, (long)Math.Floor(lists.Candidates.Lengths.Count(length => length > 0) * options.MaxShare));

    Exposure Count(ListSet lists, AllocationContext context)
    {
        var exposure = new Exposure(context.ItemCount, options.Depth);
        for (int n = 0; n < lists.Users.Length; n++)
            exposure.Add(lists.Served(n));
        return exposure;
    }

    /// <summary>An item is gone once as many lists have it as may.</summary>
    sealed class ItemCaps(int itemCount, long most) : IItemBudget
    {
        readonly long[] _lists = new long[itemCount];

        public bool IsGone(int item) => _lists[item] >= most;

        public void Take(int item, int rank) => _lists[item]++;
    }
}
