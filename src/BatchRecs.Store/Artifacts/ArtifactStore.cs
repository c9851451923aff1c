using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace BatchRecs.Store.Artifacts;

/// <summary>What stages leave on disk: a folder per recommender, stage and key, of plain files that other tools read.</summary>
/// <remarks>
/// An artifact appears by one rename, after all its bytes are on disk; so it is there in full or not at all. Opening one checks every
/// file against the sizes and hashes in the manifest.
/// </remarks>
/// <param name="root">The folder of all artifacts; made at the first write.</param>
public sealed partial class ArtifactStore(string root)
{
    /// <summary>The first characters of folders that are being written or removed.</summary>
    internal const string TemporaryPrefix = ".tmp-";

    static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    /// <summary>Gets where tests make file operations fail; null outside tests.</summary>
    public FaultPoints? Faults { get; init; }

    /// <summary>Starts an artifact.</summary>
    /// <param name="recommender">Its recommender.</param>
    /// <param name="stage">Its stage, in lower case.</param>
    /// <param name="key">Hash of all that it depends on (<see cref="StageKey"/>).</param>
    public ArtifactWriter Begin(string recommender, string stage, string key)
    {
        string folder = FolderOf(recommender, stage, key);
        string temporary = Path.Combine(Path.GetDirectoryName(folder)!, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(temporary);
        return new ArtifactWriter(temporary, folder, recommender, stage, key);
    }

    /// <summary>Opens an artifact after checking all of it.</summary>
    /// <param name="recommender">Its recommender.</param>
    /// <param name="stage">Its stage.</param>
    /// <param name="key">Its key.</param>
    /// <param name="damage">Why an artifact that is there cannot be used, for a warning; null if there is none, or it is whole.</param>
    /// <returns>Null if the artifact is absent or damaged: it has to be computed.</returns>
    public ArtifactReader? Open(string recommender, string stage, string key, out string? damage)
    {
        damage = null;
        string folder = FolderOf(recommender, stage, key);
        if (!Directory.Exists(folder))
            return null;
        try
        {
            var manifest = ArtifactManifest.Parse(File.ReadAllText(Path.Combine(folder, ArtifactManifest.FileName)));
            if ((manifest.Recommender, manifest.Stage, manifest.Key) != (recommender, stage, key))
                throw new InvalidDataException(
                    $"{ArtifactManifest.FileName} belongs to {manifest.Recommender}/{manifest.Stage}/{manifest.Key}");
            foreach (var (name, file) in manifest.Files)
                Verify(Path.Combine(folder, name), name, file);
            return new ArtifactReader(folder, manifest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            damage = $"{folder}: {error.Message}. The artifact is computed again.";
            return null;
        }
    }

    /// <summary>Removes all but the newest artifacts of each stage, damaged ones first, and what killed runs left behind.</summary>
    /// <param name="recommender">The recommender.</param>
    /// <param name="keepNewest">How many artifacts of each stage stay, at least 1.</param>
    /// <param name="now">The wall clock; unfinished folders are removed a day after they were last touched.</param>
    /// <returns>The number of artifacts removed.</returns>
    public int Prune(string recommender, int keepNewest, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keepNewest, 1);
        string all = Path.Combine(root, Checked(recommender));
        if (!Directory.Exists(all))
            return 0;
        int removed = 0;
        foreach (var stage in new DirectoryInfo(all).EnumerateDirectories())
        {
            var folders = stage.GetDirectories();
            foreach (var folder in folders.Where(IsTemporary))
                if (now - folder.LastWriteTimeUtc > AbandonedAfter)
                    folder.Delete(recursive: true);
            var artifacts = folders.Where(folder => !IsTemporary(folder))
                .OrderByDescending(CreatedAt)
                .ThenBy(folder => folder.Name, StringComparer.Ordinal);
            foreach (var old in artifacts.Skip(keepNewest))
            {
                Remove(old.FullName);
                removed++;
            }
        }
        return removed;
    }

    /// <summary>Removes every artifact of a recommender: what anybody is to be forgotten in.</summary>
    /// <param name="recommender">The recommender.</param>
    /// <param name="unfinishedToo">True = also what is being written, or was when a run was killed; only while no run is under way.</param>
    /// <returns>The number of complete artifacts removed.</returns>
    public int Clear(string recommender, bool unfinishedToo)
    {
        string all = Path.Combine(root, Checked(recommender));
        if (!Directory.Exists(all))
            return 0;
        int removed = 0;
        foreach (var folder in new DirectoryInfo(all).EnumerateDirectories().SelectMany(stage => stage.GetDirectories()))
            if (!IsTemporary(folder))
            {
                Remove(folder.FullName);
                removed++;
            }
            else if (unfinishedToo)
                folder.Delete(recursive: true);
        return removed;
    }

    /// <summary>Lists the keys of the artifacts of a stage, in ordinal order.</summary>
    public IReadOnlyList<string> KeysOf(string recommender, string stage)
    {
        var folder = new DirectoryInfo(Path.Combine(root, Checked(recommender), Checked(stage)));
        if (!folder.Exists)
            return [];
        var artifacts = folder.GetDirectories().Where(artifact => !IsTemporary(artifact));
        return [.. artifacts.Select(artifact => artifact.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>Removes an artifact: first by name, so that nobody opens it half removed.</summary>
    internal static void Remove(string folder)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(folder)!, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        Directory.Move(folder, temporary);
        Directory.Delete(temporary, recursive: true);
    }

    static bool IsTemporary(DirectoryInfo folder) => folder.Name.StartsWith(TemporaryPrefix, StringComparison.Ordinal);

    static DateTimeOffset CreatedAt(DirectoryInfo artifact)
    {
        try
        {
            return ArtifactManifest.Parse(File.ReadAllText(Path.Combine(artifact.FullName, ArtifactManifest.FileName))).CreatedAt;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return DateTimeOffset.MinValue;
        }
    }

    static void Verify(string path, string name, ArtifactFile expected)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length != expected.Bytes)
            throw new InvalidDataException($"{name} has {stream.Length} bytes; the manifest says {expected.Bytes}");
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != expected.Sha256)
            throw new InvalidDataException($"{name} does not match its hash in the manifest");
    }

    string FolderOf(string recommender, string stage, string key) => Path.Combine(root, Checked(recommender), Checked(stage), Checked(key));

    static string Checked(string part) => SafeName().IsMatch(part)
        ? part
        : throw new ArgumentException(
            $"'{part}' cannot name a folder of artifacts: lower-case letters, digits, '_' and '-' can.", nameof(part));

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*$")]
    private static partial Regex SafeName();
}
