using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Allocating;

/// <summary>Options of the allocator <c>coverage</c>.</summary>
public sealed record CoverageOptions
{
    /// <summary>Gets the share of the eligible items that are to be on lists, within the first <see cref="Depth"/> ranks.</summary>
    /// <value>The default is 0.8.</value>
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.8;

    /// <summary>Gets how many lists each of them is to be on.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 1000)]
    public int MinUsers { get; init; } = 1;

    /// <summary>Gets how many ranks count.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1000)]
    public int Depth { get; init; } = 10;

    /// <summary>Gets how many ranks of a list may be given up, the last ones inside the depth.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 32)]
    public int Slots { get; init; } = 1;

    /// <summary>Gets in how many days each user's turn comes; lists of other days change only where the aim asks for them.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 365)]
    public int Turns { get; init; } = 2;
}

/// <summary>The allocator <c>coverage</c>: a share of the items is shown to somebody, at the least loss to all lists.</summary>
/// <remarks>
/// Slot replacement: an item that is on too few lists takes the last counted rank of the lists that lose least by it, by factor scores.
/// Ranks above stay as they are. An item that would itself become too rare keeps its places, so lists that meet the aim stay as they are.
/// </remarks>
public sealed class CoverageAllocator(CoverageOptions options) : IAllocator
{
    /// <summary>The source of the rows that the allocator puts in.</summary>
    public const string Source = "coverage";

    /// <summary>Candidates per counted rank: the best of the factor scorer are among three times the depth of a fused list.</summary>
    const int CandidatesPerRank = 3;

    /// <summary>The search of a round looks at no more lists than about these; with more users, turns become rarer.</summary>
    const int ListsPerTurn = 200_000;

    /// <inheritdoc/>
    public int Reach => options.Depth * CandidatesPerRank;

    /// <inheritdoc/>
    /// <exception cref="ConfigurationException">No scorer of the recipe has factors.</exception>
    public AllocationOutcome Allocate(ListSet lists, AllocationContext context, CancellationToken token)
    {
        var scores = context.Factors ?? throw new ConfigurationException(
            "The allocator 'coverage' compares users by factors, and no scorer of the job has any: "
            + "add als to scorers, or take coverage out of precompute.allocate.");
        int depth = Math.Min(options.Depth, lists.Count);
        var exposure = new Exposure(context.ItemCount, depth);
        for (int n = 0; n < lists.Users.Length; n++)
            exposure.Add(lists.Served(n));

        var report = new CoverageReport(options, context, exposure);
        int need = report.Wanted - report.CoveredBefore;
        var places = new ReplaceablePlaces(
            lists, scores, depth, Math.Min(options.Slots, depth), exposure.Counts, options.MinUsers, context.Threads, token);
        var rounds = new CoverageRounds(lists, context, places, exposure.Counts, depth, options.MinUsers);
        Place(lists, context, rounds, report.Open(scores), need, token);
        return report.Outcome(lists, scores, places, rounds);
    }

    /// <summary>Runs rounds over the lists whose turn it is, and over those of later turns only where these do not suffice.</summary>
    void Place(ListSet lists, AllocationContext context, CoverageRounds rounds, List<int> open, int need, CancellationToken token)
    {
        int groups = Math.Max(options.Turns, lists.Users.Length / ListsPerTurn);
        int[] turns = Turns(lists, context, groups);
        for (int turn = 0; turn < groups && need > 0 && open.Count > 0;)
        {
            int placed = rounds.Run(open, need, Enumerable.Range(0, turns.Length).Where(n => turns[n] <= turn), token);
            need -= placed;
            if (placed == 0)
                turn++;
        }
    }

    /// <summary>Returns the turn of each list; the users without factors have none, because nothing says what they would lose.</summary>
    static int[] Turns(ListSet lists, AllocationContext context, int groups)
    {
        int[] turns = new int[lists.Users.Length];
        for (int n = 0; n < turns.Length; n++)
            turns[n] = context.Factors!.KnowsUser(lists.Users[n])
                ? UserTurns.DaysUntil(context.Users, lists.Users[n], groups, context.Day, context.Seed)
                : int.MaxValue;
        return turns;
    }
}
