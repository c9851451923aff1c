using System.Text.Json;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Privacy;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Where an incremental extract finds what the last one kept, and keeps what the next one can go on with.</summary>
/// <param name="artifacts">The artifacts.</param>
/// <param name="job">The complete job definition.</param>
/// <param name="key">Hash of everything that the meaning of stored rows depends on; rows of another one are not found.</param>
/// <param name="readsAll">True = all rows are read, whatever is stored.</param>
/// <param name="isBackfill">True = somebody asked for this as-of: rows that were kept later stay.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log of the run.</param>
public sealed class StoredEventsFolder(
    ArtifactStore artifacts, RefreshJob job, string key, bool readsAll, bool isBackfill, TimeProvider clock, ILogger logger)
{
    /// <summary>Returns what an extract may rely on.</summary>
    /// <param name="forgotten">Of whom nothing is kept.</param>
    public IncrementalRequest Open(ForgottenSet forgotten) => new()
    {
        Load = () => readsAll ? Load() with { FullBecause = "so it was asked for" } : Load(),
        FullEvery = job.Incremental.FullEvery,
        CountsRows = job.Incremental.Verify == Verification.Count,
        IsBackfill = isBackfill,
        Forgotten = forgotten.In,
        Keep = Save,
    };

    LoadedEvents Load()
    {
        var reader = artifacts.Open(job.Recommender, StoredEventsArtifact.Stage, key, out string? damage);
        try
        {
            if (reader is not null)
                return new LoadedEvents(StoredEventsArtifact.Read(reader));
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            damage = $"{StoredEventsArtifact.Stage} {key}: {error.Message}";
        }
        if (damage is null)
            return new LoadedEvents(null, "no rows are stored for these sources, window and event types");
        PipelineLog.ArtifactDamaged(logger, damage);
        return new LoadedEvents(null, "the stored rows are damaged");
    }

    /// <summary>Kept rows only save time: for the want of them the next run reads more, but this one does not fail.</summary>
    void Save(StoredEvents stored)
    {
        try
        {
            using var writer = artifacts.Begin(job.Recommender, StoredEventsArtifact.Stage, key);
            StoredEventsArtifact.Write(writer, stored);
            writer.Complete(clock.GetUtcNow(), stored.Until, new
            {
                Full = stored.FullAt,
                Sources = stored.Sources.Select(source => new { Rows = source.Times.Length, source.Watermark, source.Cut }),
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            PipelineLog.RowsNotStored(logger, job.Recommender, error.Message);
        }
    }
}
