using BatchRecs.Core.Errors;
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
    /// <exception cref="ResourceException">Artifacts cannot be removed; the same command does the rest.</exception>
    public async Task<IReadOnlyList<Erasure>> ForgetAsync(string userId, string? jobPath, string by, CancellationToken token)
    {
        var receipts = new List<Erasure>();
        var (found, failures) = await _recommenders.FindAsync(userId, jobPath, token);
        List<BatchRecsException> left = [.. failures];
        foreach (var held in found.Where(held => held.UserId is not null))
            try
            {
                await using var store = project.Open(held.Store, "stores.serving of a job", loggers);
                receipts.AddRange(await new Erasures(store, project.OpenArtifacts(), held.Name).ForgetAsync(
                    [held.UserId!], by, clock.GetUtcNow(), holdsLock: false, token));
            }
            catch (BatchRecsException error)
            {
                // What one recommender refuses must not keep the user in the others.
                left.Add(error);
            }
        return left.Count == 0 ? receipts : throw Failure(receipts, left);
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

    /// <summary>Says what is done and what is left; the exit code is that of the first thing that is left.</summary>
    static BatchRecsException Failure(List<Erasure> receipts, List<BatchRecsException> left)
    {
        if (receipts.Count == 0 && left.Count == 1)
            return left[0];
        string done = string.Join(", ", receipts.Select(receipt => $"{receipt.Recommender} (receipt {receipt.Receipt})"));
        string rest = string.Join(Environment.NewLine, left.Select(error => error.Message));
        string message = $"The user is not forgotten everywhere. Done: {(done.Length == 0 ? "nothing" : done)}. Left: {rest} "
            + "Mend that and repeat the command; it does the rest.";
        return left[0] switch
        {
            ConfigurationException error => new ConfigurationException(message, error),
            ResourceException error => new ResourceException(message, error),
            var error => new StoreException(message, error),
        };
    }
}
