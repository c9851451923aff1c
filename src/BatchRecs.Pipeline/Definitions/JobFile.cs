using System.Security.Cryptography;
using System.Text;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Catalogs;
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
    /// <exception cref="ConfigurationException">
    /// With everything that is wrong, a line each: file, line, key, what was found and expected. First come the mistakes of single keys;
    /// what keys say together is checked once each of them is right.
    /// </exception>
    public static LoadedJob Load(string path, string projectRoot)
    {
        string shown = ProjectPaths.Shown(path, projectRoot);
        string text = ProjectPaths.ReadText(path, projectRoot);
        var problems = new Problems(shown);
        var (written, root) = Bind<RefreshJob>(text, problems);
        var job = JobDefaults.Complete(written);
        JobChecks.Check(job, new KeyProblems(problems, root), projectRoot);
        problems.ThrowIfAny();
        return new LoadedJob(job, shown, text, HashOf(job, projectRoot));
    }

    /// <summary>Binds the text of a file to a record.</summary>
    /// <exception cref="ConfigurationException">With the mistakes of all keys, each by itself.</exception>
    internal static (T Record, YamlMap Root) Bind<T>(string text, Problems problems) where T : class
    {
        var root = YamlText.Parse(text, problems);
        var record = root is null ? null : new RecordBinder(problems, Scorers.All).BindFile<T>(root);
        problems.ThrowIfAny();
        return (record!, root!);
    }

    static string HashOf(RefreshJob job, string projectRoot)
    {
        string?[] paths =
        [
            .. job.Sources.Select(source => source.Query),
            .. job.Sources.Select(source => source.Incremental?.Deleted?.Query),
            job.Items?.Query,
            job.Exclude.Items,
            job.Exclude.Pairs,
            job.Privacy.Forget,
            job.Privacy.OptOut,
        ];
        var queries = paths
            .OfType<string>()
            .Select(query => ProjectPaths.ReadText(query, projectRoot));
        // Threads never change a result; the order of the scorers, which canonical JSON does not keep, decides ties.
        string meaning = CanonicalJson.Of(new { Job = job with { Threads = 0 }, Order = job.Scorers.Keys, queries });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)));
    }
}
