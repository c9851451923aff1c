using BatchRecs.Core.Data;

namespace BatchRecs.Store.Releases;

/// <summary>Checks what a release says of its draws: an estimate is only as right as they are.</summary>
/// <param name="items">The items that the release was made from.</param>
/// <param name="findings">Where what is wrong goes.</param>
sealed class ExplorationAudit(IdMap items, ReleaseFindings findings)
{
    readonly Dictionary<(int User, int Rank), int> _drawn = [];

    /// <summary>Checks a draw.</summary>
    public void Add(StoredDraw draw)
    {
        string item = draw.Item < 0 ? "none" : items.ToText(draw.Item);
        if (draw.User < 0)
            findings.Add("drawn items: of somebody whom the release was made without", item, draw.Rank);
        if (draw.Item < 0 || draw.BestItem < 0)
            findings.Add("drawn items: that the release does not have", item, draw.Rank);
        if (!(draw.Propensity > 0 && draw.Propensity <= 1) || !double.IsFinite(draw.Score) || draw.PoolSize < 1)
            findings.Add("drawn items: without a probability, a score or a pool", item, draw.Rank);
        if (draw.User >= 0)
            _drawn[(draw.User, draw.Rank)] = draw.Item;
    }

    /// <summary>Checks that a main list holds what was drawn for it.</summary>
    public void Check(StoredList list)
    {
        foreach (var entry in list.Entries)
            if (_drawn.Remove((list.Owner, (int)entry.Rank), out int item) && item != entry.Item)
                findings.Add("drawn items: that are not on their list", item < 0 ? "none" : items.ToText(item), entry.Rank);
    }

    /// <summary>Says which draws belong to no place of any list, after the last list.</summary>
    public void Finish()
    {
        foreach (var (place, item) in _drawn)
            findings.Add("drawn items: that are not on their list", item < 0 ? "none" : items.ToText(item), place.Rank);
    }
}
