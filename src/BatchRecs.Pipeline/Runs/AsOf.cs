using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Runs;

/// <summary>What as-of is where nobody says: the wall clock, or the newest event.</summary>
static class AsOf
{
    public static async Task<DateTimeOffset> DefaultAsync(
        LoadedJob loaded, string projectRoot, Database warehouse, DateTimeOffset now, CancellationToken token)
    {
        if (loaded.Job.AsOf == AsOfPolicy.Now)
            return now;
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        long? latest = await InteractionReader.LatestEventAsync(
            session, new ExtractPlans(loaded.Job, projectRoot).Sources(), Micros.Of(now), token);
        return latest is { } time
            ? Micros.ToTime(time)
            : throw new InputDataException(
                $"{loaded.Path}: the sources hold no event with a readable time up to now. "
                + "Check that they are filled; nothing was published.");
    }
}
