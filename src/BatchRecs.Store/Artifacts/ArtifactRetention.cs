namespace BatchRecs.Store.Artifacts;

/// <summary>An artifact on disk.</summary>
/// <param name="Folder">Its folder, absolute.</param>
/// <param name="CreatedAt">When it was finished; the least time there is where its manifest is damaged.</param>
/// <param name="Bytes">What its files take.</param>
public sealed record StoredArtifact(string Folder, DateTimeOffset CreatedAt, long Bytes);

/// <summary>Finds and removes old artifacts of a recommender.</summary>
/// <param name="artifacts">Where they lie; the folder need not exist.</param>
public sealed class ArtifactRetention(ArtifactStore artifacts)
{
    /// <summary>Picks the artifacts that limits no longer allow, oldest first.</summary>
    /// <param name="recommender">A name that is a name of a recommender.</param>
    /// <param name="maxAge">The age beyond which an artifact goes; null = any age.</param>
    /// <param name="maxBytes">How much room the newest ones may take together; null = any.</param>
    /// <param name="now">Now.</param>
    public IReadOnlyList<StoredArtifact> Old(string recommender, TimeSpan? maxAge, long? maxBytes, DateTimeOffset now)
    {
        var folder = new DirectoryInfo(artifacts.FolderOf(recommender));
        if (!folder.Exists || !IsOwn(folder))
            return [];
        var newestFirst = folder.EnumerateDirectories()
            .Where(IsOwn)
            .SelectMany(stage => stage.EnumerateDirectories())
            .Where(artifact => IsOwn(artifact) && !artifact.Name.StartsWith(ArtifactStore.TemporaryPrefix, StringComparison.Ordinal))
            .Select(artifact => new StoredArtifact(artifact.FullName, artifacts.CreatedAt(artifact), Size(artifact)))
            .OrderByDescending(artifact => artifact.CreatedAt)
            .ThenBy(artifact => artifact.Folder, StringComparer.Ordinal);
        var old = new List<StoredArtifact>();
        long kept = 0;
        foreach (var artifact in newestFirst)
        {
            // From the first that does not fit on, all older ones go: a small old one is worth less than its age.
            bool fits = old.Count == 0 && !(now - artifact.CreatedAt > maxAge) && !(kept + artifact.Bytes > maxBytes);
            if (fits)
                kept += artifact.Bytes;
            else
                old.Add(artifact);
        }
        old.Reverse();
        return old;
    }

    /// <summary>Removes artifacts, each first by name, so that nobody opens one half removed.</summary>
    /// <exception cref="IOException">A folder cannot be removed; those before it are gone.</exception>
    public void Remove(IEnumerable<StoredArtifact> old)
    {
        foreach (var artifact in old)
            artifacts.Remove(artifact.Folder);
    }

    /// <summary>A link leads out of the folder of artifacts: what lies behind it is not ours to count or remove.</summary>
    static bool IsOwn(DirectoryInfo folder) => folder.LinkTarget is null;

    static long Size(DirectoryInfo artifact) => artifact.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
