using System.Security.Cryptography;
using System.Text;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Yaml;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>A job file that was read, checked and completed.</summary>
/// <param name="Job">What it says, with every default filled in.</param>
/// <param name="Path">Its path, relative to the project root where it lies inside.</param>
/// <param name="Text">Its text.</param>
/// <param name="Hash">Hash of what it means: the complete definition and the SQL files that it names, not comments or spaces.</param>
public sealed record LoadedJob(RefreshJob Job, string Path, string Text, string Hash);

/// <summary>Reads job files.</summary>
public static class JobFile
{
    /// <summary>Reads, checks and completes a job file.</summary>
    /// <param name="path">Its path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The folder that paths in it are relative to.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each: file, line, key, what was found and expected.</exception>
    public static LoadedJob Load(string path, string projectRoot)
    {
        string full = System.IO.Path.GetFullPath(path, projectRoot);
        string shown = ShownPath(full, projectRoot);
        string text = ReadText(full, shown);
        var problems = new Problems(shown);
        var root = YamlText.Parse(text, problems);
        problems.ThrowIfAny();

        var bound = (RefreshJob)new RecordBinder(problems, new JobShorthands(problems)).Bind(typeof(RefreshJob), root!, "")!;
        problems.ThrowIfAny();
        var job = JobDefaults.Complete(bound);
        new JobChecks(problems, root!, projectRoot).Check(bound, job);
        problems.ThrowIfAny();
        return new LoadedJob(job, shown, text, HashOf(job, projectRoot));
    }

    /// <summary>Returns the path as people write it.</summary>
    internal static string ShownPath(string full, string projectRoot)
    {
        string relative = System.IO.Path.GetRelativePath(projectRoot, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative.Replace('\\', '/');
    }

    internal static string ReadText(string full, string shown)
    {
        try
        {
            return File.ReadAllText(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{shown} cannot be read: {error.Message}", error);
        }
    }

    static string HashOf(RefreshJob job, string projectRoot)
    {
        var queries = job.Sources.Select(source => source.Query).Append(job.Items?.Query).Append(job.Exclude.Items).Append(job.Exclude.Pairs)
            .OfType<string>()
            .Select(query => File.ReadAllText(System.IO.Path.Combine(projectRoot, query)));
        // Threads never change a result.
        string meaning = CanonicalJson.Of(new { Job = job with { Threads = 0 }, queries });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)));
    }
}
