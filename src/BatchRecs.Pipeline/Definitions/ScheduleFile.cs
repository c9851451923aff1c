using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Reads schedule files.</summary>
public static class ScheduleFile
{
    /// <summary>Reads and checks a schedule file. Whether its cron expression is valid is for the scheduler to say.</summary>
    /// <param name="path">Its path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The folder that paths in it are relative to.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each.</exception>
    public static ScheduleDefinition Load(string path, string projectRoot)
    {
        var problems = new Problems(ProjectPaths.Shown(path, projectRoot));
        var (schedule, root) = JobFile.Bind<ScheduleDefinition>(ProjectPaths.ReadText(path, projectRoot), problems);
        schedule = schedule with { Job = PathOf(schedule.Job, projectRoot) };
        var keys = new KeyProblems(problems, root);
        if (!ProjectPaths.IsInside(schedule.Job, projectRoot))
            keys.Add("job", $"found '{schedule.Job}'; expected a file inside the project.");
        else if (!File.Exists(Path.GetFullPath(schedule.Job, projectRoot)))
            keys.Add("job", $"there is no file '{schedule.Job}'; expected a job file, its path relative to the project root.");
        JobChecks.CheckTimeZone(schedule.TimeZone, keys);
        problems.ThrowIfAny();
        return schedule;
    }

    /// <summary>A bare name means a file in <c>jobs/</c>, as it does on the command line.</summary>
    static string PathOf(string job, string projectRoot)
    {
        string named = $"jobs/{job}.yaml";
        return !job.Contains('/') && !File.Exists(Path.GetFullPath(job, projectRoot)) && File.Exists(Path.GetFullPath(named, projectRoot))
            ? named
            : job;
    }
}
