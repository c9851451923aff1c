using BatchRecs.Core.Errors;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Host.Engines;

/// <summary>Checks the named jobs, or every job and schedule.</summary>
sealed class CheckEngine(ProjectContext project, JobChecker checker, SchedulerQueries scheduler)
{
    public async Task<IReadOnlyList<JobCheck>> CheckAsync(IReadOnlyList<string> jobs, CancellationToken token)
    {
        var checks = new List<JobCheck>();
        var twins = Twins();
        foreach (string job in jobs.Count > 0 ? jobs : JobFolder.Files(project.Root))
        {
            var check = KindOf(job) switch
            {
                JobKind.Prune => await checker.CheckPruneAsync(job, token),
                JobKind.Tune => checker.CheckTune(job),
                _ => await checker.CheckAsync(job, token),
            };
            checks.Add(twins.TryGetValue(Path.GetFullPath(job, project.Root), out var twin)
                ? check with { Findings = [.. check.Findings, twin] }
                : check);
        }
        if (jobs.Count == 0)
            checks.AddRange(scheduler.Check());
        return checks;
    }

    /// <summary>Finds job files that make the same recommender in the same store, by their absolute paths.</summary>
    Dictionary<string, CheckFinding> Twins()
    {
        var twins = new Dictionary<string, CheckFinding>();
        foreach (var group in Readable().GroupBy(job => (job.Job.Recommender, StoreOf(job))).Where(group => group.Count() > 1))
            foreach (var job in group)
                twins[Path.GetFullPath(job.Path, project.Root)] = new CheckFinding(
                    Severity.Error,
                    "recommender",
                    $"'{job.Job.Recommender}' is made in the same store by {string.Join(", ", group.Select(other => other.Path))}.",
                    "Each run would replace the lists of the other: give each file a recommender or a serving store of its own.");
        return twins;
    }

    /// <summary>Two names of one database are one store.</summary>
    string StoreOf(LoadedJob job) =>
        project.Stores.TryGetValue(job.Job.Stores.Serving, out var store) ? store.Connection : job.Job.Stores.Serving;

    IEnumerable<LoadedJob> Readable()
    {
        foreach (string file in JobFolder.Files(project.Root))
            if (TryLoad(file) is { } job)
                yield return job;
    }

    LoadedJob? TryLoad(string file)
    {
        try
        {
            return JobFile.MakesReleases(KindOf(file)) ? JobFile.Load(file, project.Root) : null;
        }
        catch (ConfigurationException)
        {
            // The check of the file itself says what is wrong.
            return null;
        }
    }

    JobKind KindOf(string file)
    {
        try
        {
            return JobFile.KindOf(file, project.Root);
        }
        catch (ConfigurationException)
        {
            // A file that cannot be read is a finding of the check that follows.
            return JobKind.Refresh;
        }
    }
}
