using System.Reflection;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Yaml;
using YamlDotNet.RepresentationModel;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Reads schedule files.</summary>
public static class ScheduleFile
{
    /// <summary>Reads and checks a schedule file. Whether its cron expression is valid is for the scheduler to say.</summary>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each.</exception>
    public static ScheduleDefinition Load(string path, string projectRoot)
    {
        string full = Path.GetFullPath(path, projectRoot);
        string shown = JobFile.ShownPath(full, projectRoot);
        var problems = new Problems(shown);
        var root = YamlText.Parse(JobFile.ReadText(full, shown), problems);
        problems.ThrowIfAny();
        var schedule = (ScheduleDefinition)new RecordBinder(problems, new NoShorthands()).Bind(typeof(ScheduleDefinition), root!, "")!;
        problems.ThrowIfAny();
        if (!File.Exists(Path.GetFullPath(schedule.Job, projectRoot)))
            problems.Add(0, "job", $"there is no file '{schedule.Job}'; expected a job file, its path relative to the project root.");
        problems.ThrowIfAny();
        return schedule;
    }

    sealed class NoShorthands : IShorthands
    {
        public bool TryRead(PropertyInfo property, YamlNode node, string path, RecordBinder binder, out object? value)
        {
            value = null;
            return false;
        }
    }
}
