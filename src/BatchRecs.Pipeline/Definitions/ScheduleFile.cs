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
        var keys = new KeyProblems(problems, root);
        schedule = schedule with { Job = ProjectPaths.OfJob(schedule.Job, projectRoot, keys) };
        JobChecks.CheckTimeZone(schedule.TimeZone, keys);
        problems.ThrowIfAny();
        return schedule;
    }
}
