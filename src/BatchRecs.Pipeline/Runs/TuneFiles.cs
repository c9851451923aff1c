using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Writes what a tune job found beside the artifacts: a report for machines and people, and the proposed job file.</summary>
/// <param name="project">Root and work folder.</param>
sealed class TuneFiles(ProjectContext project)
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>Writes the files; those of an earlier run of the same job are replaced.</summary>
    /// <param name="tune">The job.</param>
    /// <param name="report">What it found.</param>
    /// <returns>The report with the path of the proposed file.</returns>
    /// <exception cref="ResourceException">The files cannot be written.</exception>
    public TuneReport Write(LoadedTune tune, TuneReport report)
    {
        string name = Path.GetFileNameWithoutExtension(tune.Tuned.Path);
        string folder = Path.Combine(project.WorkFolder, "tuned");
        string proposed = Path.Combine(folder, $"{name}.tuned.yaml");
        try
        {
            Directory.CreateDirectory(folder);
            // A proposal of an earlier run must not be taken for one of this.
            File.Delete(proposed);
            if (report.Changes.Count > 0 && report.Verdict != TuneReport.Worse)
            {
                File.WriteAllText(proposed, Proposal(tune.Tuned, report.Changes));
                report = report with { Proposed = ProjectPaths.Shown(proposed, project.Root) };
            }
            File.WriteAllText(Path.Combine(folder, $"{name}.tuned.json"), JsonSerializer.Serialize(report, Indented));
            File.WriteAllText(Path.Combine(folder, $"{name}.tuned.md"), TuneMarkdown.Of(report));
            return report;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(
                $"The report cannot be written: {error.Message.TrimEnd('.')}. Expected: room and rights in {folder}. "
                + "Mend that and run again: the trials are kept.",
                error);
        }
    }

    /// <summary>Changes keys in the text of a job file; whatever else stands there stays, comments included.</summary>
    /// <param name="job">The job.</param>
    /// <param name="changes">The keys and their new values.</param>
    public static string Proposal(LoadedJob job, IReadOnlyList<ChangedKey> changes)
    {
        string text = job.Text;
        foreach (var change in changes)
        {
            string[] path = PathOf(change.Key);
            // A section that is not there stands for all of its defaults; with one key in it, it would stand for that one alone.
            if (!YamlEdit.Has(text, path[0]) && Whole(job.Job, path[0]) is { } section)
                text = YamlEdit.Set(text, section, path[0]);
            text = YamlEdit.Set(text, change.To, path);
        }
        return text;
    }

    static string? Whole(RefreshJob job, string section) => section switch
    {
        "scorers" => Braces(job.Scorers.Keys.Select(name => (name, "{}"))),
        "events" => Braces(job.Events.Keys.Select(type => (type, "{}"))),
        "blend" => Braces(job.Blend.Select(entry => (entry.Key, entry.Value.ToString()))),
        _ => null,
    };

    static string Braces(IEnumerable<(string Key, string Value)> entries) =>
        $"{{ {string.Join(", ", entries.Select(entry => $"{YamlEdit.Quoted(entry.Key)}: {entry.Value}"))} }}";

    /// <summary>Names of event types may have dots; no other part of a key has.</summary>
    static string[] PathOf(string key)
    {
        string[] parts = key.Split('.');
        return parts[0] == "events" ? ["events", string.Join('.', parts[1..^1]), parts[^1]] : parts;
    }
}
