using BatchRecs.Core.Allocating;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>A scorer that is open, with its weight in the blend.</summary>
/// <param name="Name">Catalog name.</param>
/// <param name="Weight">Weight in the blend.</param>
/// <param name="Scorer">The fitted scorer.</param>
public sealed record OpenScorer(string Name, double Weight, IFittedScorer Scorer);

/// <summary>A trained recipe that makes lists; safe to call from several threads at once.</summary>
/// <param name="options">The options of the recipe.</param>
/// <param name="scorers">Its scorers, in order.</param>
/// <param name="order">Its re-rankers and rules; null = the fused lists are the final ones.</param>
public sealed class RecipeLists(RecipeOptions options, IReadOnlyList<OpenScorer> scorers, FinalOrder? order = null)
{
    // What only scorers of weight 0 propose never reaches a list, so they are not asked.
    readonly OpenScorer[] _active = [.. scorers.Where(scorer => scorer.Weight > 0)];

    /// <summary>Gets the scorers, in the order of the recipe.</summary>
    public IReadOnlyList<OpenScorer> Scorers { get; } = scorers;

    /// <summary>Gets the re-rankers and rules; null = there are none.</summary>
    public FinalOrder? Order { get; } = order;

    /// <summary>Makes the final lists of a block of users.</summary>
    /// <param name="users">User indices.</param>
    /// <param name="exclusions">Items that may not appear.</param>
    /// <param name="count">Length of a list.</param>
    /// <returns>The lists; sources are indices into <see cref="SourceNames"/>.</returns>
    public FusedBlock Top(ReadOnlySpan<int> users, Exclusions exclusions, int count) => Order is null
        ? Blend(users, exclusions, count)
        : Order.Apply(
            users, Blend(users, exclusions, Math.Max(count, options.Candidates)), exclusions, count, pinned: _active.Length);

    /// <summary>Makes the lists of a block of users as the scorers have them: before re-rankers and rules.</summary>
    /// <param name="users">User indices.</param>
    /// <param name="exclusions">Items that may not appear.</param>
    /// <param name="count">Length of a list.</param>
    public FusedBlock Blend(ReadOnlySpan<int> users, Exclusions exclusions, int count)
    {
        var candidates = new CandidateBlock[_active.Length];
        for (int s = 0; s < candidates.Length; s++)
        {
            candidates[s] = new CandidateBlock(users.Length, options.Candidates);
            _active[s].Scorer.TopCandidates(users, exclusions, candidates[s]);
        }
        return ReciprocalRankFusion.Fuse(candidates, [.. _active.Select(scorer => scorer.Weight)], count);
    }

    /// <summary>Gets the scorers with a weight above 0.</summary>
    public IReadOnlyList<OpenScorer> Active => _active;

    /// <summary>Gets the names of the sources: the active scorers, then that of items which a rule put where they are.</summary>
    public IReadOnlyList<string> SourceNames { get; } =
        [.. scorers.Where(scorer => scorer.Weight > 0).Select(scorer => scorer.Name), RuleBook.PinSource];

    /// <summary>Makes the final lists of many users, in parallel.</summary>
    /// <param name="users">User indices.</param>
    /// <param name="exclusions">Items that may not appear.</param>
    /// <param name="count">Length of a list.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>List n belongs to <paramref name="users"/>[n].</returns>
    public CandidateBlock TopOfAll(int[] users, Exclusions exclusions, int count, CancellationToken token)
    {
        var all = new CandidateBlock(users.Length, count);
        UserBlocks.Run(
            users.Length,
            options.Threads,
            (start, length) => all.CopyFrom(Top(users.AsSpan(start, length), exclusions, count).Candidates, start),
            token);
        return all;
    }

    /// <summary>Makes the final lists of many users, in parallel, with what tells how each place came about.</summary>
    /// <param name="users">User indices, ascending.</param>
    /// <param name="exclusions">Items that may not appear.</param>
    /// <param name="count">How many places of a list are served.</param>
    /// <param name="capacity">How many places are filled, at least as many: what is not served may take another's place.</param>
    /// <param name="token">Ends the work early.</param>
    public ListSet SetOfAll(int[] users, Exclusions exclusions, int count, int capacity, CancellationToken token)
    {
        var all = new ListSet(users, count, capacity, SourceNames);
        UserBlocks.Run(
            users.Length,
            options.Threads,
            (start, length) => all.CopyFrom(Top(users.AsSpan(start, length), exclusions, capacity), start),
            token);
        return all;
    }

    /// <summary>Returns the scores of any user for any item, by the first scorer with factors; null where none has any.</summary>
    public FactorScores? Factors()
    {
        var found = Scorers.FirstOrDefault(scorer => scorer.Scorer is AlsFittedScorer);
        int active = found is null ? -1 : Array.IndexOf(_active, found);
        return (found?.Scorer as AlsFittedScorer)?.Factors(active < 0 ? 0 : 1u << active);
    }
}
