namespace BatchRecs.Core.Evaluation;

/// <summary>Counts how much lists change from one release to the next, user by user.</summary>
/// <param name="depth">How many ranks are compared, at least 1.</param>
public sealed class Churn(int depth)
{
    double _overlap, _jaccard, _rankBiased;
    int _users, _changed;

    /// <summary>Compares the two lists of one user.</summary>
    /// <param name="before">Items of the older list, best first.</param>
    /// <param name="after">Items of the newer list, best first.</param>
    /// <returns>Their rank-biased overlap, in [0, 1].</returns>
    public double Add(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var older = before[..Math.Min(depth, before.Length)];
        var newer = after[..Math.Min(depth, after.Length)];
        int common = 0;
        foreach (int item in newer)
            common += older.Contains(item) ? 1 : 0;
        int all = older.Length + newer.Length - common, longest = Math.Max(older.Length, newer.Length);
        double rankBiased = RankBiasedOverlap.Of(older, newer);
        _users++;
        _overlap += longest == 0 ? 1 : (double)common / longest;
        _jaccard += all == 0 ? 1 : (double)common / all;
        _rankBiased += rankBiased;
        _changed += older.SequenceEqual(newer) ? 0 : 1;
        return rankBiased;
    }

    /// <summary>Returns the means; null where nobody was compared.</summary>
    public ChurnFigures? Figures() => _users == 0
        ? null
        : new ChurnFigures(_users, depth, _overlap / _users, _jaccard / _users, _rankBiased / _users, (double)_changed / _users);
}

/// <summary>How much lists changed: means over the users who have a list in both releases.</summary>
/// <param name="Users">How many users were compared.</param>
/// <param name="Depth">How many ranks were compared.</param>
/// <param name="Overlap">Common items over the length of the longer list, in [0, 1].</param>
/// <param name="Jaccard">Common items over all items of both lists, in [0, 1].</param>
/// <param name="RankBiased">Rank-biased overlap, in [0, 1].</param>
/// <param name="Changed">Share of the users whose list has other items or another order.</param>
public sealed record ChurnFigures(int Users, int Depth, double Overlap, double Jaccard, double RankBiased, double Changed);
