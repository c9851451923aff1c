using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Checks;

namespace BatchRecs.Host.Engines;

/// <summary>Checks the named jobs, or every job and schedule.</summary>
sealed class CheckEngine(ProjectContext project, JobChecker checker, SchedulerQueries scheduler)
{
    public async Task<IReadOnlyList<JobCheck>> CheckAsync(IReadOnlyList<string> jobs, CancellationToken token)
    {
        var checks = new List<JobCheck>();
        foreach (string job in jobs.Count > 0 ? jobs : AllJobs())
            checks.Add(await checker.CheckAsync(job, token));
        if (jobs.Count == 0)
            checks.AddRange(scheduler.Check());
        return checks;
    }

    string[] AllJobs()
    {
        string folder = Path.Combine(project.Root, "jobs");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
    }
}
