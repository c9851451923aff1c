using System.Text;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Files of a project: their full path, the path that people write, their text.</summary>
static class ProjectPaths
{
    /// <summary>Files that people write are far smaller; a larger one was named by mistake.</summary>
    const long MaxBytes = 1_000_000;

    /// <summary>As many links in a row as Linux follows.</summary>
    const int MaxLinks = 40;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the path as people write it: relative to the project root where it lies inside.</summary>
    /// <param name="path">A path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The project root.</param>
    public static string Shown(string path, string projectRoot)
    {
        string full = Path.GetFullPath(path, projectRoot);
        return IsInside(full, projectRoot) ? Path.GetRelativePath(projectRoot, full).Replace('\\', '/') : full;
    }

    /// <summary>Tells whether a path lies inside the project, as it is written and after every link in it was followed.</summary>
    /// <param name="path">A path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The project root.</param>
    public static bool IsInside(string path, string projectRoot)
    {
        string full = Path.GetFullPath(path, projectRoot);
        return IsBelow(full, projectRoot) && IsBelow(Followed(full), Followed(Path.GetFullPath(projectRoot)));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The project root.</param>
    /// <exception cref="ConfigurationException">There is no such file, it may not be read, or it is not UTF-8.</exception>
    public static string ReadText(string path, string projectRoot)
    {
        string shown = Shown(path, projectRoot);
        try
        {
            string full = Path.GetFullPath(path, projectRoot);
            if (new FileInfo(full) is { Exists: true, Length: > MaxBytes and var bytes })
                throw new ConfigurationException(
                    $"{shown}:1: found a file of {new ByteSize(bytes)}; expected a text of at most {new ByteSize(MaxBytes)}.");
            return File.ReadAllText(full, StrictUtf8);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException(
                $"{shown}: there is no such file; expected a path relative to the project root, {projectRoot}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{shown}: the file cannot be read: {error.Message}", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new ConfigurationException($"{shown}: found bytes that are not UTF-8; expected a text file in UTF-8.", error);
        }
    }

    static bool IsBelow(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return !Path.IsPathRooted(relative) && relative.Split('/', '\\')[0] is not (".." or ".");
    }

    /// <summary>Returns the path that remains when every link in it is followed; what does not exist stays as it is.</summary>
    static string Followed(string full, int depth = 0)
    {
        string path = Path.GetPathRoot(full)!;
        foreach (string part in Path.GetRelativePath(path, full).Split(Path.DirectorySeparatorChar))
        {
            string next = Path.Combine(path, part);
            // A link may lead to a path that has links itself; a circle of them ends as the link it is, which nobody can open.
            path = depth < MaxLinks && new FileInfo(next).LinkTarget is { } target
                ? Followed(Path.GetFullPath(target, path), depth + 1)
                : next;
        }
        return path;
    }

    /// <summary>Finds the job that a key <c>job</c> names: a bare name means a file in <c>jobs/</c>, as it does on the command line.</summary>
    /// <param name="job">What the key says.</param>
    /// <param name="projectRoot">The folder that holds <c>jobs/</c>.</param>
    /// <param name="keys">Where it is noted that there is no such file.</param>
    /// <returns>The path; of a file that is there, unless a problem was noted.</returns>
    public static string OfJob(string job, string projectRoot, KeyProblems keys)
    {
        string named = $"jobs/{job}.yaml";
        if (!job.Contains('/') && !File.Exists(Path.GetFullPath(job, projectRoot)) && File.Exists(Path.GetFullPath(named, projectRoot)))
            return named;
        if (!IsInside(job, projectRoot))
            keys.Add("job", $"found '{job}'; expected a file inside the project.");
        else if (!File.Exists(Path.GetFullPath(job, projectRoot)))
            keys.Add("job", $"there is no file '{job}'; expected a job file, its path relative to the project root.");
        return job;
    }
}
