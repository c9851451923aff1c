using BatchRecs.Core.Ranking;
using BatchRecs.Core.Weighing;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Stages;

/// <summary>How popular and trending lists are made.</summary>
/// <param name="Count">Their length.</param>
/// <param name="Window">Popular lists are ordered by the distinct users of this window; null = by decayed popularity.</param>
/// <param name="TrendingWindow">The window whose rise makes an item trending.</param>
/// <param name="TrendingBase">The longer window that this is set against.</param>
/// <param name="TrendingMinUsers">How many distinct users an item needs inside the short window.</param>
public sealed record PopularPlan(int Count, TimeSpan? Window, TimeSpan TrendingWindow, TimeSpan TrendingBase, int TrendingMinUsers)
{
    /// <summary>Makes the lists of everybody and of each category.</summary>
    /// <param name="extracted">Events, categories, exclusions.</param>
    /// <param name="weighing">Which events count.</param>
    /// <param name="decayed">Decayed popularity per item.</param>
    public List<PopularItem> Build(ExtractedData extracted, WeighingOptions weighing, double[] decayed) => PopularLists.Build(
        Window is { } window ? Array.ConvertAll(Popularity.DistinctUsers(extracted.Snapshot, weighing, window), n => (double)n) : decayed,
        Popularity.Trending(extracted.Snapshot, weighing, TrendingWindow, TrendingMinUsers, TrendingBase),
        Count,
        extracted.Items,
        extracted.Exclusions.Ineligible);
}
