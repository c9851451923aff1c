using BatchRecs.Core.Errors;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>The job files of a project: <c>jobs/*.yaml</c>.</summary>
public static class JobFolder
{
    /// <summary>Lists the files in ordinal order of their names; empty where there is no such folder.</summary>
    /// <param name="projectRoot">The project root.</param>
    /// <returns>Absolute paths.</returns>
    public static IReadOnlyList<string> Files(string projectRoot)
    {
        string folder = Path.Combine(projectRoot, "jobs");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Reads every job that makes releases: refresh and trending jobs.</summary>
    /// <param name="projectRoot">The project root.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong in all of the files, a line each.</exception>
    public static IReadOnlyList<LoadedJob> RefreshJobs(string projectRoot)
    {
        var (jobs, mistakes) = ReadableRefreshJobs(projectRoot);
        return mistakes.Count == 0 ? jobs : throw new ConfigurationException(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>Reads the jobs that make releases and can be read.</summary>
    /// <param name="projectRoot">The project root.</param>
    /// <returns>The jobs, and what is wrong with the other files, a text each.</returns>
    public static (IReadOnlyList<LoadedJob> Jobs, IReadOnlyList<string> Mistakes) ReadableRefreshJobs(string projectRoot)
    {
        var jobs = new List<LoadedJob>();
        var mistakes = new List<string>();
        foreach (string file in Files(projectRoot))
            try
            {
                if (JobFile.MakesReleases(JobFile.KindOf(file, projectRoot)))
                    jobs.Add(JobFile.Load(file, projectRoot));
            }
            catch (ConfigurationException error)
            {
                mistakes.Add(error.Message);
            }
        return (jobs, mistakes);
    }
}
