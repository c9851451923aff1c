using System.Globalization;
using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Weighing;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Stages;

/// <summary>What a trending job makes.</summary>
/// <param name="Recommender">Name of the recommender.</param>
/// <param name="Popular">How the lists are made.</param>
/// <param name="Weighing">Which events count, and what each type is worth.</param>
/// <param name="Eligible">What may be shown now; null = everything.</param>
public sealed record TrendingPlan(string Recommender, PopularPlan Popular, WeighingOptions Weighing, EligibleItems? Eligible)
{
    /// <summary>Returns what the store needs to know to make the recommender's tables and views.</summary>
    /// <param name="user">Type of the user ids: nothing of users is served, but who is to be forgotten is looked up by it.</param>
    /// <param name="item">Type of the item ids.</param>
    public RecommenderSpec Spec(IdKind user, IdKind item) => new(Recommender, user, item, Eligible: Eligible, HasLists: false);
}

/// <summary>Makes a release of popular and trending lists and of statistics of items, straight from events.</summary>
public sealed class TrendingStage(ReleaseStore releases, TimeProvider clock)
{
    /// <summary>Runs the stage.</summary>
    public async Task<StageOutput<BuiltRelease>> RunAsync(
        TrendingPlan plan, ExtractedData extracted, ReleaseStart start, CancellationToken token)
    {
        var snapshot = extracted.Snapshot;
        await releases.EnsureRecommenderAsync(plan.Spec(snapshot.Users.Kind, snapshot.Items.Kind), token);
        await releases.DropOrphansAsync(plan.Recommender, token);

        // Counting looks at no token; whoever cancels does not wait for it.
        var (lists, items) = await Task.Run(() => Count(plan, extracted), token).WaitAsync(token);
        await using var writer = await releases.BeginAsync(
            plan.Recommender, start, snapshot.Users, snapshot.Items, clock.GetUtcNow(), token);
        await writer.WritePopularAsync(lists, token);
        await writer.WriteItemsAsync(items, token);
        // Nobody has a list of their own, so there is nothing to count.
        var figures = new ReleaseTally(snapshot.Items.Count, fullLength: 0, depth: 1).Figures();
        var counts = await writer.CompleteAsync(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), token);
        int trending = lists.Count(row => row is { Segment: PopularLists.Everybody, Kind: PopularLists.Trending });
        return new StageOutput<BuiltRelease>(
            new BuiltRelease(plan.Recommender, writer.ReleaseId, figures, counts), counts.Popular + counts.Items, "rows", string.Create(
            CultureInfo.InvariantCulture,
            $"release {writer.ReleaseId}: {lists.Count:N0} places on lists, {trending:N0} items are trending"));
    }

    static (List<PopularItem> Lists, ItemStatistics[] Items) Count(TrendingPlan plan, ExtractedData extracted)
    {
        int[] users = Popularity.DistinctUsers(extracted.Snapshot, plan.Weighing, TimeSpan.MaxValue);
        double[] popularity = Popularity.Decayed(extracted.Snapshot, plan.Weighing, plan.Weighing.PopularityHalfLifeDays);
        double[] propensities = Propensities.Estimate(users, plan.Weighing.PropensityExponent, plan.Weighing.PropensityFloor);
        return (
            plan.Popular.Build(extracted, plan.Weighing, popularity),
            [.. users.Select((count, item) => new ItemStatistics(item, count, popularity[item], propensities[item], 0))]);
    }
}
