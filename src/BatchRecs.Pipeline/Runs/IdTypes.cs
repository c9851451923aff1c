using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Finds the types of a recommender's ids without reading events.</summary>
public static class IdTypes
{
    /// <summary>Asks the sources of a job.</summary>
    /// <exception cref="InputDataException">A source cannot be read.</exception>
    public static async Task<(IdKind User, IdKind Item)> OfAsync(
        RefreshJob job, string projectRoot, Database warehouse, CancellationToken token)
    {
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var users = new IdColumnBuilder("user");
        var items = new IdColumnBuilder("item");
        foreach (var source in new ExtractPlans(job, projectRoot).Sources())
        {
            var found = await SourceProbe.LookAsync(session, source, token);
            if (found.Problems.Count > 0)
                throw new InputDataException(string.Join(Environment.NewLine, found.Problems));
            users.Declare(found.UserKind!.Value, found.Label);
            items.Declare(found.ItemKind!.Value, found.Label);
        }
        return (users.Build().Map.Kind, items.Build().Map.Kind);
    }

    /// <summary>Returns what the store needs to know to make the recommender's tables.</summary>
    public static RecommenderSpec Spec(RefreshJob job, IdKind user, IdKind item) => job.Kind == JobKind.Trending
        ? JobPlan.Trending(job).Spec(user, item)
        : JobPlan.Precompute(job).Spec(user, item);
}
