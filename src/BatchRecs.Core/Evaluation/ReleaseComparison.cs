using BatchRecs.Core.Data;

namespace BatchRecs.Core.Evaluation;

/// <summary>Compares the lists of two releases, one user after the other; memory grows with the number of items only.</summary>
/// <param name="depth">How many ranks count, at least 1.</param>
/// <param name="top">How many items and users are named, at least 0.</param>
public sealed class ReleaseComparison(int depth, int top)
{
    readonly Churn _churn = new(depth);
    readonly List<(long Before, long After)> _shown = [];

    /// <summary>The users whose lists changed most; the least changed of them, then the one who came last, is the first to go.</summary>
    readonly PriorityQueue<UserChange, (double Same, long Place)> _changed =
        new(Comparer<(double Same, long Place)>.Create((a, b) => b.CompareTo(a)));

    long _users, _onlyBefore, _onlyAfter;

    /// <summary>Compares the lists of one user; at least one is not empty.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="before">Numbers of the items of the older list, best first; empty = the user had none.</param>
    /// <param name="after">Numbers of the items of the newer list, best first; empty = the user has none.</param>
    public void Add(string userId, ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        foreach (int item in before[..Math.Min(depth, before.Length)])
            Shown(item, 1, 0);
        foreach (int item in after[..Math.Min(depth, after.Length)])
            Shown(item, 0, 1);
        _users++;
        if (before.IsEmpty)
            _onlyAfter++;
        else if (after.IsEmpty)
            _onlyBefore++;
        else
            Rank(userId, _churn.Add(before, after));
    }

    /// <summary>Returns what was found.</summary>
    /// <param name="items">The ids of the items; item n of the lists is the n-th of them.</param>
    /// <param name="kind">Kind of these ids: where figures are equal the smaller id comes first.</param>
    public ReleaseDifference Result(IReadOnlyList<string> items, IdKind kind)
    {
        var order = IdMap.Of(kind, items);
        long listsBefore = Math.Max(1, _users - _onlyAfter), listsAfter = Math.Max(1, _users - _onlyBefore);
        ItemShift[] shifts = [.. _shown.Select((count, item) => new ItemShift(
            items[item], count.Before, count.After, (double)count.After / listsAfter - ((double)count.Before / listsBefore)))];
        return new ReleaseDifference
        {
            Depth = depth,
            Churn = _churn.Figures(),
            UsersOnlyBefore = _onlyBefore,
            UsersOnlyAfter = _onlyAfter,
            ItemsIn = shifts.Count(shift => shift.Before == 0),
            ItemsOut = shifts.Count(shift => shift.After == 0),
            In = Largest(shifts.Where(shift => shift.Before == 0)),
            Out = Largest(shifts.Where(shift => shift.After == 0)),
            Shifts = Largest(shifts),
            MostChanged = [.. _changed.UnorderedItems.OrderBy(entry => entry.Priority).Select(entry => entry.Element)],
        };

        ItemShift[] Largest(IEnumerable<ItemShift> some) => [.. some
            .OrderByDescending(shift => Math.Abs(shift.Change))
            .ThenBy(shift => order.TryFind(shift.ItemId, out int index) ? index : int.MaxValue)
            .Take(top)];
    }

    void Shown(int item, int before, int after)
    {
        while (_shown.Count <= item)
            _shown.Add(default);
        _shown[item] = (_shown[item].Before + before, _shown[item].After + after);
    }

    void Rank(string userId, double same)
    {
        if (same >= 1)
            return;
        _changed.Enqueue(new UserChange(userId, same), (same, _users));
        if (_changed.Count > top)
            _changed.Dequeue();
    }
}

/// <summary>How the lists of one release differ from those of another.</summary>
public sealed record ReleaseDifference
{
    /// <summary>Gets how many ranks count.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets how much the lists of users who have one in both changed; null where nobody has.</summary>
    public required ChurnFigures? Churn { get; init; }

    /// <summary>Gets the number of users who have a list in the older release only.</summary>
    public required long UsersOnlyBefore { get; init; }

    /// <summary>Gets the number of users who have a list in the newer release only.</summary>
    public required long UsersOnlyAfter { get; init; }

    /// <summary>Gets the number of items that lists of the newer release show and none of the older.</summary>
    public required int ItemsIn { get; init; }

    /// <summary>Gets the number of items that lists of the older release show and none of the newer.</summary>
    public required int ItemsOut { get; init; }

    /// <summary>Gets those that came in and are shown most.</summary>
    public required IReadOnlyList<ItemShift> In { get; init; }

    /// <summary>Gets those that went out and were shown most.</summary>
    public required IReadOnlyList<ItemShift> Out { get; init; }

    /// <summary>Gets the items whose share of the lists changed most.</summary>
    public required IReadOnlyList<ItemShift> Shifts { get; init; }

    /// <summary>Gets the users whose lists changed most, the most changed first.</summary>
    public required IReadOnlyList<UserChange> MostChanged { get; init; }
}

/// <summary>How much more or less an item is shown.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Before">Lists of the older release that show it.</param>
/// <param name="After">Lists of the newer release that show it.</param>
/// <param name="Change">Share of the newer lists − share of the older ones, in [−1, 1].</param>
public sealed record ItemShift(string ItemId, long Before, long After, double Change);

/// <summary>How much the list of a user changed.</summary>
/// <param name="UserId">The user.</param>
/// <param name="RankBiased">Rank-biased overlap of both lists, in [0, 1].</param>
public sealed record UserChange(string UserId, double RankBiased);
