using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Sql;

/// <summary>Tries again what a lock of another session was in the way of.</summary>
/// <remarks>
/// A statement that waits for a strong lock makes all later readers wait behind it. So each attempt waits for seconds only, and the
/// pauses in between let the readers through.
/// </remarks>
static class LockRetry
{
    const int Attempts = 5;
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs an action until it succeeds, at most five times; the pause doubles each time.</summary>
    /// <param name="database">The store, for the log.</param>
    /// <param name="what">What is tried, for the log.</param>
    /// <param name="run">The action; a failed attempt leaves nothing behind.</param>
    /// <param name="token">Ends a pause early.</param>
    /// <exception cref="StoreException">The last attempt failed, or one failed for a reason that will stay.</exception>
    public static async Task<T> RunAsync<T>(Database database, string what, Func<Task<T>> run, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await LockWatch.RunAsync(database, run, token);
            }
            catch (StoreException exception) when (exception.IsTransient && attempt < Attempts)
            {
                StoreLog.Retried(database.Logger, database.Settings.Name, what, attempt, exception.Message);
                await Task.Delay(FirstPause * (1 << (attempt - 1)), token);
            }
        }
    }
}
