using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Searching;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.Pipeline.Runs;

/// <summary>The trials of one search on disk: written after each of them, so that a search that was killed goes on.</summary>
/// <param name="artifacts">Where it lies.</param>
/// <param name="recommender">Its recommender.</param>
/// <param name="key">Hash of all that the trials depend on; not how many there may be.</param>
/// <param name="clock">The clock.</param>
sealed class TrialFile(ArtifactStore artifacts, string recommender, string key, TimeProvider clock)
{
    const string Stage = "tune";

    /// <summary>Reads the trials; none where there are none, or they cannot be read.</summary>
    public (IReadOnlyList<Trial> Trials, double[] BestProbe) Load()
    {
        if (artifacts.Open(recommender, Stage, key, out _) is not { } reader)
            return ([], []);
        try
        {
            return (reader.ReadJson<Trial[]>("trials"), reader.ReadArray<double>("best-probe"));
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or IOException)
        {
            // Written by another version, or damaged since it was opened: the search begins anew.
            return ([], []);
        }
    }

    /// <summary>Writes the trials in place of those before.</summary>
    /// <param name="trials">All of them.</param>
    /// <param name="bestProbe">The short form of the best, user by user.</param>
    /// <param name="dataUntil">The newest event that any of them has seen, in microseconds since 1970-01-01 UTC.</param>
    public void Save(IReadOnlyList<Trial> trials, double[] bestProbe, long dataUntil)
    {
        try
        {
            using var writer = artifacts.Begin(recommender, Stage, key);
            writer.WriteJson("trials", trials);
            writer.WriteArray<double>("best-probe", bestProbe);
            writer.Complete(clock.GetUtcNow(), dataUntil);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(
                $"The trials cannot be written: {error.Message.TrimEnd('.')}. Expected: room and rights in the folder of artifacts. "
                + "Mend that and run again: the trials before this one are kept.",
                error);
        }
    }
}
