using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.UnitTests.Allocating;

/// <summary>Small sets of lists, and what allocators are told beside them.</summary>
static class SomeLists
{
    /// <summary>Makes the lists of users 0, 1, 2 … by one scorer, <c>als</c>; scores fall from 1 by a tenth.</summary>
    public static ListSet Of(int count, params int[][] lists)
    {
        var set = new ListSet([.. Enumerable.Range(0, lists.Length)], count, Math.Max(count, lists.Max(list => list.Length)), ["als"]);
        for (int n = 0; n < lists.Length; n++)
        {
            int at = n * set.Candidates.Capacity;
            lists[n].CopyTo(set.Candidates.Items, at);
            for (int k = 0; k < lists[n].Length; k++)
                (set.Candidates.Scores[at + k], set.Proposers[at + k]) = (1 - (k / 10f), 1);
            set.Candidates.Lengths[n] = lists[n].Length;
        }
        return set;
    }

    public static AllocationContext Context(
        int users, int items, Exclusions? exclusions = null, FactorScores? factors = null, long day = 0, int threads = 2) => new()
    {
        Users = Ids(users),
        Items = Ids(items),
        Exclusions = exclusions ?? Exclusions.None(users),
        Factors = factors,
        Day = day,
        Seed = 42,
        Threads = threads,
    };

    static IntegerIdMap Ids(int count) => new(IdKind.Int32, [.. Enumerable.Range(0, count).Select(id => (long)id)]);

    /// <summary>Returns the served items of every list.</summary>
    public static int[][] Served(ListSet lists) => [.. Enumerable.Range(0, lists.Users.Length).Select(n => lists.Served(n).ToArray())];
}
