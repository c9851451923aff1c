using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Store.Releases;

/// <summary>Checks lists of one kind, one after the other.</summary>
/// <param name="what">The kind, for messages: <c>main lists</c>.</param>
/// <param name="items">The items that the release was made from.</param>
/// <param name="hasStatistics">One flag per item: true = the release's table of items has it.</param>
/// <param name="exclusions">What the lists may not hold; null = anything goes.</param>
/// <param name="findings">Where what is wrong goes.</param>
sealed class ListAudit(string what, IdMap items, bool[] hasStatistics, Exclusions? exclusions, ReleaseFindings findings)
{
    /// <summary>The number of the list that held an item last, from 1: so nothing need be cleared between lists.</summary>
    readonly long[] _lastHeldBy = new long[items.Count];

    /// <summary>Gets how many lists there were.</summary>
    public long Lists { get; private set; }

    /// <summary>Gets how many rows they had.</summary>
    public long Rows { get; private set; }

    /// <summary>Checks a list.</summary>
    public void Add(StoredList list)
    {
        Lists++;
        Rows += list.Entries.Count;
        for (int n = 0; n < list.Entries.Count; n++)
        {
            var entry = list.Entries[n];
            if (entry.Rank != n + 1)
                Report("ranks out of order", entry);
            if (!double.IsFinite(entry.Score))
                Report("scores that are no finite number", entry);
            if (entry.Because == StoredEntry.UnknownBecause || (entry.Because >= 0 && !hasStatistics[entry.Because]))
                Report("reasons with an item that the release does not have", entry);
            CheckItem(list.Owner, entry);
        }
        if (!list.IsWhole || list.Entries.Count == 0)
            Report("lists with a missing value", list.Entries.FirstOrDefault(new StoredEntry(0, -1, 0, Unknown: "none")));
        if (list.Owner < 0)
            Report("lists of somebody whom the release was made without", list.Entries.FirstOrDefault());
    }

    void CheckItem(int owner, StoredEntry entry)
    {
        if (entry.Item < 0 || !hasStatistics[entry.Item])
            Report("items that the release does not have", entry);
        if (entry.Item < 0)
            return;
        if (_lastHeldBy[entry.Item] == Lists)
            Report("items that are twice on a list", entry);
        _lastHeldBy[entry.Item] = Lists;
        if (exclusions is not null && owner >= 0
            && (exclusions.Of(owner).BinarySearch(entry.Item) >= 0 || exclusions.IsIneligible(entry.Item)))
            Report("items that are seen or forbidden", entry);
    }

    void Report(string check, StoredEntry entry) =>
        findings.Add($"{what}: {check}", entry.Item < 0 ? entry.Unknown ?? "none" : items.ToText(entry.Item), entry.Rank);
}
