using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>How the lists of two makers differ over the same users, whether what they show is wanted or not.</summary>
/// <param name="Maker">The maker that the measured lists are held against.</param>
/// <param name="Length">List length N.</param>
/// <param name="Churn">
/// Mean over users of the Jaccard distance 1 − |A ∩ B| / |A ∪ B| of their two lists: 0 = the same items, 1 = none in common. Users whose
/// lists are both empty do not count.
/// </param>
/// <param name="NewItems">Share of new items among the ranks of the measured lists, in [0, 1].</param>
/// <param name="NewItemsOfMaker">The same of the maker's lists.</param>
public sealed record ListContrast(string Maker, int Length, double Churn, double NewItems, double NewItemsOfMaker)
{
    /// <summary>Compares two makers.</summary>
    /// <param name="measured">The measured lists.</param>
    /// <param name="maker">The others; list n of both belongs to the same user.</param>
    /// <param name="at">How many ranks count, at least 1.</param>
    /// <param name="isNew">Per item, whether it is new.</param>
    public static ListContrast Of(MakerLists measured, MakerLists maker, int at, bool[] isNew) => new(
        maker.Name, at, ChurnOf(measured.Lists, maker.Lists, at), NewShare(measured.Lists, at, isNew), NewShare(maker.Lists, at, isNew));

    static double ChurnOf(CandidateBlock a, CandidateBlock b, int at)
    {
        double sum = 0;
        int users = 0;
        var items = new HashSet<int>();
        for (int n = 0; n < a.UserCount; n++)
        {
            items.Clear();
            foreach (int item in First(a, n, at))
                items.Add(item);
            int common = 0, others = 0;
            foreach (int item in First(b, n, at))
                _ = items.Contains(item) ? common++ : others++;
            int union = items.Count + others;
            if (union == 0)
                continue;
            sum += 1 - ((double)common / union);
            users++;
        }
        return users == 0 ? 0 : sum / users;
    }

    static double NewShare(CandidateBlock lists, int at, bool[] isNew)
    {
        long slots = 0, fresh = 0;
        for (int n = 0; n < lists.UserCount; n++)
            foreach (int item in First(lists, n, at))
            {
                slots++;
                fresh += isNew[item] ? 1 : 0;
            }
        return slots == 0 ? 0 : (double)fresh / slots;
    }

    static ReadOnlySpan<int> First(CandidateBlock lists, int n, int at) => lists.ItemsOf(n)[..Math.Min(at, lists.Lengths[n])];
}
