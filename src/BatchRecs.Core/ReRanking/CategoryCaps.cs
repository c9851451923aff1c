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
/// One pass: every rank goes to the first candidate that keeps both limits, so what is skipped spills over to the next rank at which it
/// fits. Where items have one category each, candidates that would leave the remaining ranks without a solution are passed by, so the
/// limits are kept wherever they can be; with several categories per item they may be missed. Where no candidate keeps both limits,
/// neighbours may be alike; where none is left under the caps either, the first one is taken. Such ranks are counted. An item with several
/// categories counts in each, an item without any keeps every limit. O(depth · (K' + G)) for G categories among the candidates.
/// </remarks>
/// <param name="options">The limits.</param>
/// <param name="data">The items' categories.</param>
public sealed class CategoryCaps(CategoryCapsOptions options, ReRankingData data) : IReRanker
{
    readonly ItemCatalog _catalog = data.Catalog;

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        int ranks = Math.Min(options.Depth, list.Wanted);
        var state = new CapState(options, _catalog, list);
        for (int left = ranks; left > 0; left--)
        {
            int place = First(list, state, left);
            list.Take(place);
            state.Take(list.Items[place]);
        }
    }

    /// <summary>Returns the first place that keeps the limits, or as many of them as can be kept.</summary>
    /// <param name="list">The candidates.</param>
    /// <param name="state">What stands above.</param>
    /// <param name="left">How many ranks are to be filled, this one included.</param>
    static int First(Shortlist list, CapState state, int left)
    {
        int first = -1, underCaps = -1, apart = -1;
        for (int place = 0; place < list.Count; place++)
        {
            if (list.IsTaken(place))
                continue;
            int item = list.Items[place];
            first = first < 0 ? place : first;
            if (!state.IsUnderCaps(item))
                continue;
            underCaps = underCaps < 0 ? place : underCaps;
            if (!state.IsApart(item))
                continue;
            apart = apart < 0 ? place : apart;
            if (state.LeavesSolution(item, left - 1))
                return place;
        }
        if (apart >= 0)
            return apart;
        list.Relax();
        return underCaps < 0 ? first : underCaps;
    }
}
