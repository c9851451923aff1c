using BatchRecs.Core.Errors;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Privacy;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>Removes a person from everything that recommenders of a project hold, and keeps the person out.</summary>
/// <param name="project">Root, work folder and stores.</param>
/// <param name="loggers">Makes the logs; no id reaches them.</param>
/// <param name="clock">The clock.</param>
public sealed class Forgetting(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    readonly RecommendersOfProject _recommenders = new(project, loggers, clock);

    /// <summary>Forgets a user.</summary>
    /// <param name="userId">The id as the warehouse has it; one that nothing is known of gets receipts with zeros.</param>
    /// <param name="jobPath">Only the recommender of this job; null = every recommender of the project.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="token">Cancels; the same command does the rest.</param>
    /// <returns>A receipt per recommender.</returns>
    /// <exception cref="ConfigurationException">There is no job, or the id is none of the named job's recommender.</exception>
    /// <exception cref="StoreException">A store refused; the user stays out of later runs, and the same command does the rest.</exception>
    public async Task<IReadOnlyList<Erasure>> ForgetAsync(string userId, string? jobPath, string by, CancellationToken token)
    {
        var receipts = new List<Erasure>();
        foreach (var held in await _recommenders.ListAsync(userId, jobPath, token))
        {
            if (held.UserId is null)
                continue;
            await using var store = project.Open(held.Store, "stores.serving of a job", loggers);
            receipts.AddRange(await new Erasures(store, project.OpenArtifacts(), held.Name).ForgetAsync(
                [held.UserId], by, clock.GetUtcNow(), holdsLock: false, token));
        }
        return receipts;
    }

    /// <summary>Lets a user who was forgotten come back with the next run; nothing that was removed returns by itself.</summary>
    /// <returns>The recommenders that had forgotten the user.</returns>
    /// <exception cref="ConfigurationException">There is no job, or the id is none of the named job's recommender.</exception>
    public async Task<IReadOnlyList<string>> ReadmitAsync(string userId, string? jobPath, CancellationToken token)
    {
        var names = new List<string>();
        foreach (var held in await _recommenders.ListAsync(userId, jobPath, token))
        {
            if (held.UserId is null)
                continue;
            await using var store = project.Open(held.Store, "stores.serving of a job", loggers);
            if (await new ForgottenUsers(store, held.Name).RemoveAsync(held.UserId, token))
                names.Add(held.Name);
        }
        return names;
    }

    static async Task<bool> IsRunUnderWayAsync(Database store, string recommender, CancellationToken token) =>
        await new RecommenderLocks(store).FindAsync(recommender, token) is { IsHeld: true };
}
