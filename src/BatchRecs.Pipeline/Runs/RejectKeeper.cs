using System.Data.Common;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Privacy;
using BatchRecs.Store.Quarantine;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Puts the rows that an extract rejects into the quarantine, however the extract ends.</summary>
/// <param name="quarantine">The table.</param>
/// <param name="forgotten">Of whom nothing is kept.</param>
/// <param name="runId">The run.</param>
/// <param name="recommender">Its recommender.</param>
/// <param name="clock">Says when.</param>
/// <param name="logger">The log of the run.</param>
sealed class RejectKeeper(
    QuarantineTable quarantine, ForgottenUsers forgotten, long runId, string recommender, TimeProvider clock, ILogger logger)
{
    /// <summary>Runs an extract and keeps what it rejects.</summary>
    public async Task<T> KeepAsync<T>(RejectedRows rejected, Func<Task<T>> extract)
    {
        try
        {
            return await extract();
        }
        finally
        {
            await SaveAsync(rejected);
        }
    }

    /// <summary>The sample helps to find what is wrong; a run does not fail for the want of it, nor hides why it failed.</summary>
    async Task SaveAsync(RejectedRows rejected)
    {
        if (rejected.Rows.Count == 0)
            return;
        try
        {
            var set = await forgotten.LoadAsync(CancellationToken.None);
            QuarantinedRow[] rows = [.. rejected.Rows.Where(row => row.User is null || !set.Contains(row.User))];
            await quarantine.SaveAsync(runId, recommender, rows, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception error) when (error is BatchRecsException or DbException or IOException)
        {
            PipelineLog.RejectedRowsLost(logger, recommender, error.Message);
        }
    }
}
