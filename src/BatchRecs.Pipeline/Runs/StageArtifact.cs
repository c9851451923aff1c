using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Runs;

/// <summary>How the output of a stage is kept on disk.</summary>
/// <param name="Write">Writes it into a new artifact.</param>
/// <param name="Read">Reads it; null = what it names is gone (a release that was pruned), so it is computed anew.</param>
/// <param name="DataUntil">Time of the newest event behind an output, in microseconds since 1970-01-01 UTC.</param>
public sealed record StageArtifact<T>(Action<ArtifactWriter, T> Write, Func<ArtifactReader, Task<T?>> Read, Func<T, long> DataUntil)
    where T : class
{
    /// <summary>Gets a value indicating whether an artifact that is present may stand in for the stage.</summary>
    public bool MayLoad { get; init; } = true;
}
