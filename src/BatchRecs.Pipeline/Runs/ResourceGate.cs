using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Refuses a run that would not fit into memory or onto the disks, before it begins to work.</summary>
sealed class ResourceGate(ProjectContext project, ArtifactStore artifacts, ILogger logger)
{
    /// <summary>Estimates the run from the sizes of the last extract; before the first one, from a look at the sources.</summary>
    /// <exception cref="ResourceException">It does not fit; the message says what, where, how much, and what to do.</exception>
    public async Task PassAsync(LoadedJob loaded, Database warehouse, CancellationToken token)
    {
        var job = loaded.Job;
        var sizes = ExtractArtifact.NewestSizes(artifacts, job.Recommender)
            ?? await warehouse.Retry.RunAsync("looking at the sources", () => LookAsync(job, warehouse, token), token);
        if (sizes is not var (events, users, items))
            return;
        var cost = RunCost.Of(job, events, users, items, project.Stores[job.Stores.Serving].Provider);
        var needs = RunRoom.Of(project, job, cost);
        foreach (var need in needs)
            PipelineLog.Needs(
                logger, job.Recommender, new ByteSize(need.NeededBytes), need.What, new ByteSize(need.AvailableBytes), need.Where);
        string[] missing = [.. needs.Where(need => !need.Fits).Select(need => need.Message)];
        if (missing.Length > 0)
            throw new ResourceException($"{loaded.Path}: {string.Join(Environment.NewLine, missing)} Nothing was begun.");
    }

    /// <summary>Returns null where a source is broken: the extract says better what is wrong with it.</summary>
    async Task<(long Events, long Users, long Items)?> LookAsync(RefreshJob job, Database warehouse, CancellationToken token)
    {
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var found = new List<SourceFindings>();
        foreach (var source in new ExtractPlans(job, project.Root).Sources())
            found.Add(await SourceProbe.LookAsync(session, source, token));
        return found.Any(source => source.Problems.Count > 0) ? null : RunCost.Sizes(found);
    }
}
