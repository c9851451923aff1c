using BatchRecs.Core.Errors;

namespace BatchRecs.Host;

/// <summary>Finds the job file that a person means.</summary>
static class JobPaths
{
    /// <summary>Finds a job file.</summary>
    /// <param name="projectRoot">The folder that holds <c>jobs/</c>.</param>
    /// <param name="currentFolder">What a relative path is relative to first; then to the project root.</param>
    /// <param name="job">A path, or the bare name of a file in <c>jobs/</c>.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ConfigurationException">There is no such file; the message lists what there is.</exception>
    public static string Resolve(string projectRoot, string currentFolder, string job)
    {
        string[] candidates =
        [
            Path.GetFullPath(job, currentFolder),
            Path.GetFullPath(job, projectRoot),
            Path.GetFullPath(Path.Combine("jobs", $"{job}.yaml"), projectRoot),
            Path.GetFullPath(Path.Combine("jobs", job), projectRoot),
        ];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new ConfigurationException(
                $"There is no job '{job}': neither a file of that path nor {candidates[2]}. {Available(projectRoot)}");
    }

    static string Available(string projectRoot)
    {
        string folder = Path.Combine(projectRoot, "jobs");
        string[] names = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
            : [];
        return names.Length == 0 ? $"There are no job files in {folder}." : $"Jobs there are: {string.Join(", ", names)}.";
    }
}
