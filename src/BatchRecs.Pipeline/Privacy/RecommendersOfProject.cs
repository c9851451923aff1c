using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>
/// Finds the recommenders that may hold something about a person: those of the jobs, and those whose job file is gone but not what
/// they have left in a store or on disk.
/// </summary>
sealed class RecommendersOfProject(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>Lists the recommenders.</summary>
    /// <param name="userId">The id as a person wrote it.</param>
    /// <param name="jobPath">Only the recommender of this job; null = all.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">The id is none of any recommender found. The message does not repeat it.</exception>
    /// <exception cref="BatchRecsException">A job file or a store cannot be read.</exception>
    public async Task<IReadOnlyList<HeldRecommender>> ListAsync(string userId, string? jobPath, CancellationToken token)
    {
        var (found, failures) = await FindAsync(userId, jobPath, token);
        return failures.Count == 0 ? found : throw failures[0];
    }

    /// <summary>Finds as many as can be found.</summary>
    /// <inheritdoc cref="ListAsync"/>
    /// <returns>The recommenders, and what kept others from being found.</returns>
    public async Task<(IReadOnlyList<HeldRecommender> Found, IReadOnlyList<BatchRecsException> Failures)> FindAsync(
        string userId, string? jobPath, CancellationToken token)
    {
        var found = new List<HeldRecommender>();
        var failures = new List<BatchRecsException>();
        var (all, mistakes) = jobPath is null
            ? JobFolder.ReadableRefreshJobs(project.Root)
            : ([JobFile.Load(jobPath, project.Root)], []);
        if (mistakes.Count > 0)
            failures.Add(new ConfigurationException(string.Join(Environment.NewLine, mistakes)));
        foreach (var jobs in all.GroupBy(job => job.Job.Stores.Serving))
            try
            {
                await AddAsync(found, failures, [.. jobs], userId, withOthers: jobPath is null, token);
            }
            catch (BatchRecsException error)
            {
                failures.Add(error);
            }
        if (failures.Count == 0 && found.Count > 0 && found.All(held => held.UserId is null))
            throw new ConfigurationException(
                "The given user id is no id of "
                + string.Join(", ", found.Select(held => $"recommender '{held.Name}' (its user ids are of type {held.UserKind})"))
                + ". Write it as the warehouse has it.");
        if (jobPath is null && found.Count > 0)
            foreach (string name in project.OpenArtifacts().Recommenders().Except(found.Select(one => one.Name)).ToArray())
                found.Add(Held(name, found[0].Store, null, LooksLike(userId), userId));
        return found.Count + failures.Count > 0
            ? (found, failures)
            : throw new ConfigurationException($"There are no job files in {Path.Combine(project.Root, "jobs")}.");
    }

    /// <summary>Adds the recommenders of some jobs that have one serving store, and those that only the store knows any more.</summary>
    async Task AddAsync(
        List<HeldRecommender> found, List<BatchRecsException> failures, LoadedJob[] jobs, string userId, bool withOthers,
        CancellationToken token)
    {
        string storeName = jobs[0].Job.Stores.Serving;
        await using var store = project.Open(storeName, "stores.serving of a job", loggers);
        await new Migrator(store, clock).MigrateAsync(token);
        var releases = new ReleaseStore(store);
        HashSet<string> named = [];
        foreach (var job in jobs.Where(job => named.Add(job.Job.Recommender)))
            try
            {
                found.Add(Held(job.Job.Recommender, storeName, job, await KindAsync(releases, job, token), userId));
            }
            catch (InputDataException error)
            {
                failures.Add(new InputDataException(
                    $"{job.Path}: {error.Message} Before the first run of '{job.Job.Recommender}' only its sources know the type of its user "
                        + "ids; --job names one recommender.",
                    error));
            }
            catch (BatchRecsException error)
            {
                failures.Add(error);
            }
        if (!withOthers)
            return;
        var known = (await releases.ListRecommendersAsync(token)).Concat(await new LedgerRetention(store).RecommendersAsync(token));
        foreach (string name in known.Distinct().Except(named).ToArray())
        {
            var kind = (await releases.FindRecommenderAsync(name, token))?.UserKind ?? LooksLike(userId);
            found.Add(Held(name, storeName, null, kind, userId));
        }
    }

    /// <summary>Where nobody knows any more what kind of ids a recommender had, the id tells by its form.</summary>
    static IdKind LooksLike(string userId) => Guid.TryParse(userId, out _)
        ? IdKind.Uuid
        : long.TryParse(userId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? IdKind.Int64 : IdKind.Text;

    /// <summary>Before the first run only the sources know the type of the ids.</summary>
    async Task<IdKind> KindAsync(ReleaseStore releases, LoadedJob job, CancellationToken token)
    {
        if (await releases.FindRecommenderAsync(job.Job.Recommender, token) is { } known)
            return known.UserKind;
        await using var warehouse = project.OpenWarehouse(job, loggers);
        return (await IdTypes.OfAsync(job.Job, project.Root, warehouse, token)).User;
    }

    static HeldRecommender Held(string name, string store, LoadedJob? job, IdKind kind, string userId)
    {
        var ids = IdMap.Of(kind, [userId]);
        return new HeldRecommender(name, store, job, kind, ids.Count == 1 ? ids.ToText(0) : null);
    }
}
