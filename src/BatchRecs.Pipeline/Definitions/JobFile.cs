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
        return Parse(ProjectPaths.ReadText(path, projectRoot), shown, projectRoot);
    }

    /// <summary>Checks and completes a definition that was read before: that of a release.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="projectRoot">The folder that paths in it are relative to.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong, or that this version reads no more.</exception>
    public static LoadedJob Parse(string text, string shown, string projectRoot)
    {
        var problems = new Problems(shown);
        RequireKind(text, MakesReleases, JobKind.Refresh, problems);
        var (written, root) = Bind<RefreshJob>(text, problems);
        var keys = new KeyProblems(problems, root);
        var job = written.Kind == JobKind.Trending ? TrendingChecks.Complete(written, keys) : JobDefaults.Complete(written);
        JobChecks.Check(job, keys, projectRoot);
        problems.ThrowIfAny();
        return new LoadedJob(job, shown, text, HashOf(job, projectRoot));
    }

    /// <summary>Reads and checks a job file of kind <c>prune</c>.</summary>
    /// <param name="path">Its path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The folder that paths are relative to.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each.</exception>
    public static LoadedPrune LoadPrune(string path, string projectRoot)
    {
        string shown = ProjectPaths.Shown(path, projectRoot);
        string text = ProjectPaths.ReadText(path, projectRoot);
        var problems = new Problems(shown);
        RequireKind(text, kind => kind == JobKind.Prune, JobKind.Prune, problems);
        var (job, root) = Bind<PruneJob>(text, problems);
        PruneChecks.Check(job, new KeyProblems(problems, root));
        problems.ThrowIfAny();
        return new LoadedPrune(job, shown);
    }

    /// <summary>Reads and checks a job file of kind <c>tune</c>, and the job that it tunes.</summary>
    /// <param name="path">Its path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The folder that paths are relative to.</param>
    /// <exception cref="ConfigurationException">With everything that is wrong, a line each.</exception>
    public static LoadedTune LoadTune(string path, string projectRoot)
    {
        string shown = ProjectPaths.Shown(path, projectRoot);
        string text = ProjectPaths.ReadText(path, projectRoot);
        var problems = new Problems(shown);
        RequireKind(text, kind => kind == JobKind.Tune, JobKind.Tune, problems);
        var (job, root) = Bind<TuneJob>(text, problems);
        var written = new KeyProblems(problems, root);
        job = job with { Job = ProjectPaths.OfJob(job.Job, projectRoot, written) };
        problems.ThrowIfAny();
        var tuned = Load(job.Job, projectRoot);
        var keys = TuneChecks.Space(job, tuned, written);
        problems.ThrowIfAny();
        return new LoadedTune(job, shown, text, tuned, keys);
    }

    /// <summary>Tells whether jobs of a kind have a recommender and make its releases.</summary>
    public static bool MakesReleases(JobKind kind) => kind is JobKind.Refresh or JobKind.Trending;

    /// <summary>Tells what kind of job a file is; <c>refresh</c> too where the file is wrong: reading it as such says how.</summary>
    /// <param name="path">Its path, absolute or relative to the project root.</param>
    /// <param name="projectRoot">The folder that paths are relative to.</param>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public static JobKind KindOf(string path, string projectRoot) =>
        WrittenKind(ProjectPaths.ReadText(path, projectRoot))?.Kind ?? JobKind.Refresh;

    /// <summary>Binds the text of a file to a record.</summary>
    /// <exception cref="ConfigurationException">With the mistakes of all keys, each by itself.</exception>
    internal static (T Record, YamlMap Root) Bind<T>(string text, Problems problems) where T : class
    {
        var root = YamlText.Parse(text, problems);
        var record = root is null ? null : new RecordBinder(problems, Scorers.All).BindFile<T>(root);
        problems.ThrowIfAny();
        return (record!, root!);
    }

    /// <summary>Says that a file is of another kind, before all its keys are called unknown.</summary>
    static void RequireKind(string text, Func<JobKind, bool> isRight, JobKind expected, Problems problems)
    {
        var (kind, line) = WrittenKind(text) ?? (JobKind.Refresh, 0);
        if (isRight(kind))
            return;
        problems.Add(
            line,
            "kind",
            $"found '{WordOf(kind)}'; expected '{WordOf(expected)}' here. Run the file itself, as it is, with batchrecs run.");
        problems.ThrowIfAny();
    }

    static (JobKind Kind, int Line)? WrittenKind(string text) =>
        YamlText.Parse(text, new Problems(""))?.Find("kind") is { Value: YamlScalar { Text: var word } } entry
        && OptionKeys.WordsOf(typeof(JobKind)).TryGetValue(word, out object? kind)
            ? ((JobKind)kind, entry.Line)
            : null;

    static string WordOf(JobKind kind) => OptionKeys.WordsOf(typeof(JobKind)).Single(word => word.Value.Equals(kind)).Key;

    static string HashOf(RefreshJob job, string projectRoot)
    {
        string?[] paths =
        [
            .. job.Sources.Select(source => source.Query),
            .. job.Sources.Select(source => source.Incremental?.Deleted?.Query),
            job.Items?.Query,
            job.Evaluate.Segments?.Query,
            job.Exclude.Items,
            job.Exclude.Pairs,
            job.Privacy.Forget,
            job.Privacy.OptOut,
            .. job.Segments.Values,
            .. job.Rules.Select(rule => rule.Query),
        ];
        var queries = paths
            .OfType<string>()
            .Select(query => ProjectPaths.ReadText(query, projectRoot));
        // Threads never change a result; the order of the scorers, which canonical JSON does not keep, decides ties.
        string meaning = CanonicalJson.Of(new { Job = job with { Threads = 0 }, Order = job.Scorers.Keys, queries });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)));
    }
}
