using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Store.Releases;

namespace BatchRecs.Store.Quality;

/// <summary>Reads the lists of two releases side by side, some users at a time, whatever their number.</summary>
/// <param name="database">The store.</param>
public sealed class ReleaseDiff(Database database)
{
    readonly StoredListReader _lists = new(database);

    /// <summary>Compares two releases of a recommender.</summary>
    /// <param name="recommender">Its name.</param>
    /// <param name="before">The older release.</param>
    /// <param name="after">The newer release.</param>
    /// <param name="depth">How many ranks count, from 1.</param>
    /// <param name="top">How many items and users are named.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">There is no such recommender.</exception>
    /// <exception cref="StoreException">The store refused, or a release is gone.</exception>
    public async Task<ReleaseDifference> RunAsync(
        string recommender, long before, long after, int depth, int top, CancellationToken token)
    {
        var spec = await new ReleaseStore(database).FindRecommenderAsync(recommender, token);
        var comparison = new ReleaseComparison(depth, top);
        var items = new ItemNumbers();
        await foreach (var users in _lists.UsersAsync(recommender, before, after, token))
        {
            var older = await ReadAsync(before, users);
            var newer = await ReadAsync(after, users);
            for (int n = 0; n < users.Count; n++)
                comparison.Add(users[n], [.. older[n]], [.. newer[n]]);
        }
        return comparison.Result(items.Ids, spec?.ItemKind ?? IdKind.Text);

        async Task<List<int>[]> ReadAsync(long releaseId, IReadOnlyList<string> users)
        {
            List<int>[] lists = [.. users.Select(_ => new List<int>(depth))];
            await _lists.ReadAsync(
                recommender, releaseId, users, depth, (user, row) => lists[user].Add(items.Of(row.ItemId)), token);
            return lists;
        }
    }
}
