using BatchRecs.Core.Data;

namespace BatchRecs.Core.ReRanking;

/// <summary>One item, or for a pin one category, of a rule.</summary>
/// <param name="Rule">Index of the rule; the lower comes first.</param>
/// <param name="Action">What is done.</param>
/// <param name="Value">Rank of a pin, or factor.</param>
/// <param name="Segment">Index of the segment, or <see cref="None"/> for everybody.</param>
/// <param name="Item">Item index; <see cref="None"/> for a pin of a category.</param>
/// <param name="Members">The items of the category of a pin, of which the user's best one is meant; else null.</param>
public readonly record struct RuleEntry(
    int Rule, RuleAction Action, double Value, int Segment, int Item, IReadOnlySet<int>? Members = null)
{
    /// <summary>Stands for no item and for no segment.</summary>
    public const int None = -1;
}

/// <summary>Takes rules apart into entries in the indices of a snapshot.</summary>
public static class RuleEntries
{
    /// <summary>Returns the entries of rules, in order of precedence.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="snapshot">The snapshot; items without an event in it have no entry.</param>
    /// <param name="asked">What the warehouse answered; null = rules with a query or a segment have no entries.</param>
    public static List<RuleEntry> Of(IReadOnlyList<Rule> rules, Snapshot snapshot, RuleData? asked)
    {
        var entries = new List<RuleEntry>();
        var rows = (asked ?? RuleData.None).Rows.ToLookup(row => row.Rule);
        for (int n = 0; n < rules.Count; n++)
        {
            var rule = rules[n];
            foreach (var row in rows[n])
                entries.Add(new RuleEntry(n, row.Action, row.Value, row.Segment, row.Item));
            int segment = rule.Segment is null ? RuleEntry.None : IndexOf(asked, rule.Segment);
            if (rule.Action is not { } action || (rule.Segment is not null && segment == RuleEntry.None))
                continue;
            if (rule.Category is not null && action == RuleAction.Pin)
                entries.Add(new RuleEntry(
                    n, action, rule.Value, segment, RuleEntry.None, OfCategory(rule.Category, snapshot).ToHashSet()));
            else
                foreach (int item in rule.Category is not null ? OfCategory(rule.Category, snapshot) : Named(rule.Items ?? [], snapshot))
                    entries.Add(new RuleEntry(n, action, rule.Value, segment, item));
        }
        return entries;
    }

    /// <summary>Adds what rules block to what may not be recommended.</summary>
    /// <param name="exclusions">What may not be recommended anyway.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="asked">What the warehouse answered.</param>
    /// <returns>A block for everybody makes an item ineligible; one for a segment forbids it to each of its users.</returns>
    public static ExclusionLists Blocked(ExclusionLists exclusions, IReadOnlyList<Rule> rules, Snapshot snapshot, RuleData asked)
    {
        var blocks = Of(rules, snapshot, asked).Where(entry => entry.Action == RuleAction.Block).ToLookup(entry => entry.Segment);
        if (blocks.Count == 0)
            return exclusions;
        var items = blocks[RuleEntry.None].Select(entry => entry.Item).ToHashSet();
        return exclusions.With(
            items,
            [.. asked.Members.Select((users, segment) => (users, blocks[segment].Select(entry => entry.Item).Distinct().ToArray()))],
            snapshot.Items.Count);
    }

    static int IndexOf(RuleData? asked, string segment)
    {
        for (int n = 0; n < (asked?.SegmentNames.Count ?? 0); n++)
            if (asked!.SegmentNames[n] == segment)
                return n;
        return RuleEntry.None;
    }

    /// <summary>Returns the items of a category, ascending.</summary>
    static IEnumerable<int> OfCategory(string category, Snapshot snapshot)
    {
        int index = Array.IndexOf(snapshot.Catalog?.CategoryNames ?? [], category);
        return index < 0 ? [] : Enumerable.Range(0, snapshot.Items.Count).Where(
            item => snapshot.Catalog!.CategoriesOf(item).BinarySearch(index) >= 0);
    }

    /// <summary>Returns the items that are named, in the order of the names.</summary>
    static IEnumerable<int> Named(IReadOnlyList<string> ids, Snapshot snapshot)
    {
        foreach (string id in ids)
            if (snapshot.Items.TryFind(id, out int item))
                yield return item;
    }
}
