using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Sql;

/// <summary>Finds out, while an action waits for a lock, who holds it: afterwards nobody can tell any more.</summary>
static class LockHolders
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs an action; where a lock was in its way, the error names the sessions that held it.</summary>
    /// <param name="database">The store.</param>
    /// <param name="run">The action.</param>
    /// <param name="token">Ends the watch; the action has its own.</param>
    /// <exception cref="StoreException">The action failed.</exception>
    public static async Task<T> RunAsync<T>(Database database, Func<Task<T>> run, CancellationToken token)
    {
        string? holders = null;
        var running = run();
        while (!token.IsCancellationRequested && await Task.WhenAny(running, Task.Delay(LookEvery, token)) != running)
            holders = await LookAsync(database, token) ?? holders;
        try
        {
            return await running;
        }
        catch (StoreException exception) when (exception.IsTransient && holders is not null)
        {
            throw new StoreException($"{exception.Message} {holders}", exception, isTransient: true)
            {
                Statement = exception.Statement,
                SqlState = exception.SqlState,
                Table = exception.Table,
            };
        }
    }

    /// <summary>Looks once. A look that fails must not end the action: it only adds to a message.</summary>
    static async Task<string?> LookAsync(Database database, CancellationToken token)
    {
        try
        {
            return await database.FindLockHoldersAsync(token);
        }
        catch (Exception exception) when (exception is StoreException or OperationCanceledException or InvalidOperationException)
        {
            return null;
        }
    }
}
