using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Data;

namespace BatchRecs.Core.ReRanking;

/// <summary>Options of the re-ranker <c>caps</c>.</summary>
public sealed record CategoryCapsOptions
{
    /// <summary>Gets how many items of one category may stand in the first <see cref="Depth"/> ranks.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 1000)]
    public int AtMost { get; init; } = 3;

    /// <summary>Gets a value indicating whether two neighbours may have no category in common.</summary>
    /// <value>The default is true.</value>
    public bool Apart { get; init; } = true;

    /// <summary>Gets how many ranks the limits hold for; what follows keeps its order.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1000)]
    public int Depth { get; init; } = 10;
}

/// <summary>Attribute caps: at most so many items of a category, and never two in a row.</summary>
/// <remarks>
/// One greedy pass: every rank goes to the first candidate that keeps both limits, so what is skipped spills over to the next rank at
/// which it fits. Where none keeps both, neighbours may be alike; where none is left under the caps either, the first one is taken. Such
/// ranks are counted. An item with several categories counts in each, an item without any keeps every limit. O(depth · K').
/// </remarks>
/// <param name="options">The limits.</param>
/// <param name="data">The items' categories.</param>
public sealed class CategoryCaps(CategoryCapsOptions options, ReRankingData data) : IReRanker
{
    readonly ItemCatalog _catalog = data.Catalog;

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        var counts = new Dictionary<int, int>();
        int last = -1;
        for (int n = 0; n < Math.Min(options.Depth, list.Wanted); n++)
        {
            int place = First(list, counts, last);
            list.Take(place);
            last = list.Items[place];
            foreach (int category in _catalog.CategoriesOf(last))
                counts[category] = counts.GetValueOrDefault(category) + 1;
        }
    }

    /// <summary>Returns the first place that keeps the limits, or as many of them as can be kept.</summary>
    int First(Shortlist list, Dictionary<int, int> counts, int last)
    {
        int first = -1, underCaps = -1;
        for (int place = 0; place < list.Count; place++)
        {
            if (list.IsTaken(place))
                continue;
            int item = list.Items[place];
            first = first < 0 ? place : first;
            if (!IsUnderCaps(item, counts))
                continue;
            if (!options.Apart || last < 0 || CategoryOverlap.CountCommon(_catalog.CategoriesOf(item), _catalog.CategoriesOf(last)) == 0)
                return place;
            underCaps = underCaps < 0 ? place : underCaps;
        }
        list.Relax();
        return underCaps < 0 ? first : underCaps;
    }

    bool IsUnderCaps(int item, Dictionary<int, int> counts)
    {
        foreach (int category in _catalog.CategoriesOf(item))
            if (counts.GetValueOrDefault(category) >= options.AtMost)
                return false;
        return true;
    }
}
