namespace BatchRecs.Store.Artifacts;

/// <summary>An artifact on disk; one whose manifest is damaged counts as old and small.</summary>
/// <param name="Folder">Its folder, absolute.</param>
/// <param name="Manifest">Its manifest; null if it is damaged.</param>
public sealed record StoredArtifact(string Folder, ArtifactManifest? Manifest)
{
    /// <summary>Gets when it was finished; the least time there is where its manifest is damaged.</summary>
    public DateTimeOffset CreatedAt => Manifest?.CreatedAt ?? DateTimeOffset.MinValue;

    /// <summary>Gets what its files take; 0 where its manifest is damaged.</summary>
    public long Bytes => Manifest?.Files.Values.Sum(file => file.Bytes) ?? 0;
}
