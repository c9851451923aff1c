using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Opens the serving store of a job for one question, brought up to date.</summary>
sealed class JobStore(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>Asks.</summary>
    /// <param name="path">The job file.</param>
    /// <param name="query">The question.</param>
    /// <param name="token">Cancels.</param>
    public async Task<T> WithAsync<T>(string path, Func<LoadedJob, Database, Task<T>> query, CancellationToken token)
    {
        var job = JobFile.Load(path, project.Root);
        await using var store = project.OpenServing(job, loggers);
        await new Migrator(store, clock).MigrateAsync(token);
        return await query(job, store);
    }
}
