using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Host.Engines;

/// <summary>What a job reads in its stores, by the names that its file has.</summary>
static class JobRelations
{
    /// <summary>The tables and views that a run reads in the warehouse.</summary>
    public static IEnumerable<string> Sources(LoadedJob job) =>
        job.Job.Sources.SelectMany(source => new[] { source.Table, source.Incremental?.Deleted?.Table })
            .Append(job.Job.Items?.Table)
            .Append(job.Job.Evaluate.Segments?.Table)
            .Append(job.Job.Monitor.Impressions?.Table)
            .Append(job.Job.Explore?.Outcomes?.Table)
            .OfType<string>();

    /// <summary>The relations that the views of the contract read in the serving store.</summary>
    public static IEnumerable<string> Live(LoadedJob job) =>
        new[] { job.Job.Live.Eligible?.Table, job.Job.Live.Seen?.Table }.OfType<string>();

    /// <summary>The SQL files that a run reads the warehouse with; only they know what they read.</summary>
    public static IEnumerable<string> Queries(LoadedJob job) =>
        job.Job.Sources.SelectMany(source => new[] { source.Query, source.Incremental?.Deleted?.Query })
            .Concat([job.Job.Items?.Query, job.Job.Exclude.Items, job.Job.Exclude.Pairs, job.Job.Privacy.Forget, job.Job.Privacy.OptOut])
            .Concat(job.Job.Segments.Values)
            .Concat(job.Job.Rules.Select(rule => rule.Query))
            .Append(job.Job.Evaluate.Segments?.Query)
            .Append(job.Job.Monitor.Impressions?.Query)
            .Append(job.Job.Explore?.Outcomes?.Query)
            .OfType<string>();
}
