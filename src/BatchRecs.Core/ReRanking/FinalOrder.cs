using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.ReRanking;

/// <summary>Puts fused lists into their final order: the re-rankers one after the other, then the rules. Thread-safe.</summary>
/// <param name="reRankers">The re-rankers, in order.</param>
/// <param name="rules">What the shop wants.</param>
/// <param name="tally">Notes what they change.</param>
public sealed class FinalOrder(IReadOnlyList<IReRanker> reRankers, RuleBook rules, OrderTally tally)
{
    /// <summary>Gets what was changed so far.</summary>
    public OrderTally Tally { get; } = tally;

    /// <summary>Puts the candidates of a block of users into order and keeps the first.</summary>
    /// <param name="users">User indices; list n of <paramref name="fused"/> belongs to user n.</param>
    /// <param name="fused">The candidates.</param>
    /// <param name="exclusions">Items that may not appear, pinned or not.</param>
    /// <param name="count">Length of a finished list.</param>
    /// <param name="pinned">The source of items that a rule put where they are.</param>
    public FusedBlock Apply(ReadOnlySpan<int> users, FusedBlock fused, Exclusions exclusions, int count, int pinned)
    {
        var finished = new FusedBlock(users.Length, count);
        var list = new Shortlist();
        for (int n = 0; n < users.Length; n++)
        {
            var candidates = fused.Candidates;
            list.Load(users[n], candidates.ItemsOf(n), candidates.ScoresOf(n), count);
            foreach (var reRanker in reRankers)
            {
                reRanker.ReRank(list);
                list.Apply();
            }
            rules.Apply(list, exclusions);
            Tally.Add(candidates.ItemsOf(n), list);
            finished.Fill(n, list, fused, pinned);
        }
        return finished;
    }
}
