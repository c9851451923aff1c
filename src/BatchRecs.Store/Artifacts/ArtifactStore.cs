using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace BatchRecs.Store.Artifacts;

/// <summary>What stages leave on disk: a folder per recommender, stage and key, of plain files that other tools read.</summary>
/// <remarks>
/// An artifact appears by one rename, after all its bytes are on disk; so it is there in full or not at all. Opening one checks every
/// file against the sizes and hashes in the manifest. Only the folder of all artifacts may be a symbolic link, to another disk perhaps.
/// </remarks>
/// <param name="root">The folder of all artifacts; made at the first write.</param>
public sealed partial class ArtifactStore(string root)
{
    /// <summary>The first characters of folders that are being written or removed.</summary>
    internal const string TemporaryPrefix = ".tmp-";

    readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Gets where tests make file operations fail; null outside tests.</summary>
    public FaultPoints? Faults { get; init; }

    ArtifactFiles Disk => field ??= new ArtifactFiles(_root, Faults?.File);

    /// <summary>Starts an artifact.</summary>
    /// <param name="recommender">Its recommender.</param>
    /// <param name="stage">Its stage, in lower case.</param>
    /// <param name="key">Hash of all that it depends on (<see cref="StageKey"/>).</param>
    /// <exception cref="InvalidDataException">A folder on the way is a symbolic link.</exception>
    public ArtifactWriter Begin(string recommender, string stage, string key)
    {
        string folder = FolderOf(recommender, stage, key);
        string temporary = TemporaryBeside(folder);
        Disk.CreateFolder(temporary);
        return new ArtifactWriter(Disk, temporary, folder, recommender, stage, key);
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
            var manifest = ArtifactManifest.Parse(Disk.ReadText(Path.Combine(folder, ArtifactManifest.FileName)));
            if ((manifest.Recommender, manifest.Stage, manifest.Key) != (recommender, stage, key))
                throw new InvalidDataException(
                    $"{ArtifactManifest.FileName} belongs to {manifest.Recommender}/{manifest.Stage}/{manifest.Key}");
            foreach (var (name, file) in manifest.Files)
                Verify(folder, name, file);
            Disk.InUse.Add(folder);
            return new ArtifactReader(Disk, folder, manifest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            damage = $"{folder}: {error.Message}. The artifact is computed again.";
            return null;
        }
    }

    /// <summary>
    /// Removes artifacts that are more than are kept, too old or too large, the oldest first, and what killed runs left behind. Only for
    /// the one run of the recommender that is under way.
    /// </summary>
    /// <param name="recommender">The recommender.</param>
    /// <param name="retention">What stays.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>What was removed.</returns>
    public IReadOnlyList<StoredArtifact> Prune(string recommender, ArtifactRetention retention, DateTimeOffset now)
    {
        foreach (var stage in Disk.List(FolderOf(recommender)))
            foreach (var abandoned in Disk.List(stage.FullName).Where(IsTemporary))
                Disk.Delete(abandoned.FullName);
        var old = Old(recommender, retention, now);
        foreach (var artifact in old)
            Remove(artifact.Folder);
        return old;
    }

    /// <summary>Lists the artifacts that <see cref="Prune"/> removes.</summary>
    /// <remarks>What was read or written through this object stays, and of each stage the newest where the retention says so.</remarks>
    public IReadOnlyList<StoredArtifact> Old(string recommender, ArtifactRetention retention, DateTimeOffset now)
    {
        var old = new List<StoredArtifact>();
        var dispensable = new List<StoredArtifact>();
        long bytes = 0;
        foreach (var stage in Disk.List(FolderOf(recommender)))
            foreach (var (n, artifact) in Artifacts(stage.FullName).Index())
            {
                bool stays = Disk.InUse.Contains(artifact.Folder) || (n == 0 && retention.KeepsNewest);
                if (!stays && (n >= retention.Keep || now - artifact.CreatedAt > retention.MaxAge))
                {
                    old.Add(artifact);
                    continue;
                }
                bytes += artifact.Bytes;
                if (!stays)
                    dispensable.Add(artifact);
            }
        foreach (var artifact in dispensable.OrderBy(artifact => artifact.CreatedAt))
        {
            if (!(bytes > retention.MaxBytes))
                break;
            old.Add(artifact);
            bytes -= artifact.Bytes;
        }
        return old;
    }

    /// <summary>Opens the newest artifact of a stage for a look at its sizes; its files are not checked.</summary>
    /// <returns>Null if there is none that can be read.</returns>
    internal ArtifactReader? Newest(string recommender, string stage) =>
        Artifacts(FolderOf(recommender, stage)).FirstOrDefault() is { Manifest: { } manifest } newest
            ? new ArtifactReader(Disk, newest.Folder, manifest)
            : null;

    /// <summary>Lists the artifacts of a stage, those in use first, then the newest first, damaged ones last.</summary>
    List<StoredArtifact> Artifacts(string stage) =>
    [
        .. Disk.List(stage)
            .Where(folder => !IsTemporary(folder))
            .Select(folder => new StoredArtifact(folder.FullName, ManifestOf(folder.FullName)))
            .OrderByDescending(artifact => Disk.InUse.Contains(artifact.Folder))
            .ThenByDescending(artifact => artifact.CreatedAt)
            .ThenBy(artifact => artifact.Folder, StringComparer.Ordinal),
    ];

    /// <summary>Names a folder that is being written or removed beside an artifact.</summary>
    internal static string TemporaryBeside(string folder) =>
        Path.Combine(Path.GetDirectoryName(folder)!, TemporaryPrefix + Guid.NewGuid().ToString("N"));

    /// <summary>Lists the folders that are being written or removed, or were when a run was killed.</summary>
    public IReadOnlyList<string> Unfinished(string recommender) =>
    [
        .. Disk.List(FolderOf(recommender))
            .SelectMany(stage => Disk.List(stage.FullName))
            .Where(IsTemporary)
            .Select(folder => folder.FullName),
    ];

    /// <summary>Removes every artifact of a recommender: what anybody is to be forgotten in.</summary>
    /// <param name="recommender">The recommender.</param>
    /// <param name="abandoned">Those of <see cref="Unfinished"/> that no run that is under way writes; they are removed too.</param>
    /// <returns>The number of complete artifacts removed.</returns>
    public int Clear(string recommender, IReadOnlyList<string> abandoned)
    {
        int removed = 0;
        foreach (var folder in Disk.List(FolderOf(recommender)).SelectMany(stage => Disk.List(stage.FullName)))
            if (!IsTemporary(folder))
            {
                Remove(folder.FullName);
                removed++;
            }
        foreach (string folder in abandoned)
            Disk.Delete(folder);
        return removed;
    }

    /// <summary>Lists the recommenders that have a folder.</summary>
    public IReadOnlyList<string> Recommenders() =>
        [.. Disk.List(_root).Select(folder => folder.Name).Where(name => SafeName().IsMatch(name))];

    /// <summary>Lists the keys of the artifacts of a stage, in ordinal order.</summary>
    public IReadOnlyList<string> KeysOf(string recommender, string stage) =>
    [
        .. Disk.List(FolderOf(recommender, stage))
            .Where(artifact => !IsTemporary(artifact))
            .Select(artifact => artifact.Name)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Removes an artifact: first by name, so that nobody opens it half removed.</summary>
    void Remove(string folder)
    {
        string temporary = TemporaryBeside(folder);
        try
        {
            Disk.Rename(folder, temporary);
        }
        catch (DirectoryNotFoundException)
        {
            // Another has removed it meanwhile.
            return;
        }
        Disk.Delete(temporary);
    }

    static bool IsTemporary(DirectoryInfo folder) => folder.Name.StartsWith(TemporaryPrefix, StringComparison.Ordinal);

    ArtifactManifest? ManifestOf(string folder)
    {
        try
        {
            return ArtifactManifest.Parse(Disk.ReadText(Path.Combine(folder, ArtifactManifest.FileName)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    void Verify(string folder, string name, ArtifactFile expected)
    {
        if (!SafeFile().IsMatch(name))
            throw new InvalidDataException($"{ArtifactManifest.FileName} names '{name}', which is no file of an artifact");
        using var stream = Disk.Open(Path.Combine(folder, name));
        if (stream.Length != expected.Bytes)
            throw new InvalidDataException($"{name} has {stream.Length} bytes; the manifest says {expected.Bytes}");
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != expected.Sha256)
            throw new InvalidDataException($"{name} does not match its hash in the manifest");
    }

    string FolderOf(string recommender) => Path.Combine(_root, Checked(recommender));

    string FolderOf(string recommender, string stage) => Path.Combine(FolderOf(recommender), Checked(stage));

    string FolderOf(string recommender, string stage, string key) => Path.Combine(FolderOf(recommender, stage), Checked(key));

    static string Checked(string part) => SafeName().IsMatch(part)
        ? part
        : throw new ArgumentException(
            $"'{part}' cannot name a folder of artifacts: lower-case letters, digits, '_' and '-' can.", nameof(part));

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]*\z")]
    private static partial Regex SafeName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*\.(npy|json)\z")]
    private static partial Regex SafeFile();
}
