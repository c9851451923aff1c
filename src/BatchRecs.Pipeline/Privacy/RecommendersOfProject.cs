using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Privacy;

/// <summary>Finds the recommenders that may hold something about a person: those of the jobs, and those whose job file is gone.</summary>
sealed class RecommendersOfProject(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>Lists the recommenders.</summary>
    /// <param name="userId">The id as a person wrote it.</param>
    /// <param name="jobPath">Only the recommender of this job; null = all.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="ConfigurationException">The id is none of the named job's recommender. The message does not repeat it.</exception>
    public async Task<IReadOnlyList<HeldRecommender>> ListAsync(string userId, string? jobPath, CancellationToken token)
    {
        var found = new List<HeldRecommender>();
        foreach (var jobs in Jobs(jobPath).GroupBy(job => job.Job.Stores.Serving))
        {
            await using var store = project.Open(jobs.Key, "stores.serving of a job", loggers);
            await new Migrator(store, clock).MigrateAsync(token);
            var releases = new ReleaseStore(store);
            foreach (var job in jobs.DistinctBy(job => job.Job.Recommender))
                found.Add(Held(job.Job.Recommender, jobs.Key, job, await KindAsync(releases, job, token), userId));
            if (jobPath is not null)
                continue;
            var others = await releases.ListRecommendersAsync(token);
            foreach (string name in others.Except(found.Where(one => one.Store == jobs.Key).Select(one => one.Name)))
                found.Add(Held(name, jobs.Key, null, (await releases.FindRecommenderAsync(name, token))!.UserKind, userId));
        }
        if (jobPath is not null && found is [{ UserId: null } only])
            throw new ConfigurationException(
                $"The given user id is no id of recommender '{only.Name}': its user ids are of type {only.UserKind}. "
                + "Write it as the warehouse has it.");
        return found.Count > 0
            ? found
            : throw new ConfigurationException($"There are no job files in {Path.Combine(project.Root, "jobs")}.");
    }

    IReadOnlyList<LoadedJob> Jobs(string? jobPath) =>
        jobPath is null ? JobFolder.RefreshJobs(project.Root) : [JobFile.Load(jobPath, project.Root)];

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
