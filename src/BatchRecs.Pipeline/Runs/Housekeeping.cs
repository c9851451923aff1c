using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>
/// Removes old artifacts and releases after a run, unless it was cancelled. What cannot be removed now is left for the next run.
/// </summary>
sealed class Housekeeping(ArtifactStore artifacts, ReleaseStore releases, ILogger logger, TimeProvider clock)
{
    /// <summary>Tidies up; never fails a run.</summary>
    public async Task TidyAsync(RefreshJob job, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return;
        try
        {
            var kept = new ArtifactRetention(job.Artifacts.Keep, job.Artifacts.MaxAge, job.Artifacts.MaxSize?.Bytes);
            artifacts.Prune(job.Recommender, kept, clock.GetUtcNow());
            int removed = await releases.PruneAsync(job.Recommender, job.Publish.KeepReleases, token);
            if (removed > 0)
                PipelineLog.ReleasesRemoved(logger, job.Recommender, removed);
        }
        catch (Exception error)
        {
            PipelineLog.HousekeepingFailed(logger, job.Recommender, error.Message);
        }
    }
}
