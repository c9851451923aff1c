using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Numerics;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Store;

/// <summary>How long a run bears with a store that is away.</summary>
/// <remarks>
/// The pause before attempt n + 1 is drawn evenly from 0 to FirstDelay · 2ⁿ⁻¹, at most MaxDelay. The defaults bear 38 seconds on
/// average: a server that is restarted is back by then.
/// </remarks>
public sealed record RetrySettings
{
    /// <summary>Gets the options of those who ask for themselves and rather see the error at once.</summary>
    public static RetrySettings Once { get; } = new() { Attempts = 1 };

    /// <summary>Gets how often something is tried in all.</summary>
    /// <value>The default is 12.</value>
    public int Attempts { get; init; } = 12;

    /// <summary>Gets the longest first pause.</summary>
    /// <value>The default is half a second.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Gets the longest pause.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Tries again what a store refused for a reason that may pass; everything else fails at once.</summary>
/// <remarks>
/// Pauses grow and are random (full jitter: Brooker, "Exponential Backoff and Jitter", 2015), so that many clients of a server that
/// comes back do not all come at once. Patience that is spent is not spent again: until something succeeds, all else is tried once.
/// Errors that were tried to the end are no longer transient, so a retry around a retry does not multiply. Safe for several threads.
/// </remarks>
/// <param name="store">Name of the store, for the log.</param>
/// <param name="options">How often and how long.</param>
/// <param name="clock">What pauses are timed with.</param>
/// <param name="seed">Start of the random pauses; two processes have different ones.</param>
/// <param name="logger">Where each attempt that failed is told, a line each.</param>
public sealed class Retry(string store, RetrySettings options, TimeProvider clock, ulong seed, ILogger logger)
{
    /// <summary>An attempt that a lock was in the way of has waited for seconds already.</summary>
    const int LockAttempts = 5;

    long _pauses;
    volatile bool _spent;

    /// <summary>Creates what retries as the options say, with pauses that no other process draws.</summary>
    public Retry(string store, RetrySettings options, ILogger logger)
        : this(store, options, TimeProvider.System, (ulong)Stopwatch.GetTimestamp() ^ ((ulong)Environment.ProcessId << 32), logger)
    {
    }

    /// <summary>Runs an action until it succeeds; an attempt that failed must leave nothing behind that the next would trip over.</summary>
    /// <param name="what">What is tried, for the log.</param>
    /// <param name="run">The action; it opens its own session.</param>
    /// <param name="token">Ends a pause at once.</param>
    /// <param name="atMost">At most so many attempts, where one is dear.</param>
    /// <exception cref="StoreException">The last attempt failed, or one failed for a reason that will stay; never transient if it was
    /// tried more than once.</exception>
    public Task<T> RunAsync<T>(string what, Func<Task<T>> run, CancellationToken token, int atMost = int.MaxValue) => RunAsync(
        what, run, error => Math.Min(atMost, IsAway(error) ? options.Attempts : LockAttempts), token);

    /// <summary>Runs an action in a session that stays open: only what locks were in the way of is tried again.</summary>
    /// <inheritdoc cref="RunAsync{T}(string, Func{Task{T}}, CancellationToken, int)"/>
    public Task<T> LocksAsync<T>(string what, Func<Task<T>> run, CancellationToken token) =>
        RunAsync(what, run, error => IsAway(error) ? 1 : LockAttempts, token);

    async Task<T> RunAsync<T>(string what, Func<Task<T>> run, Func<StoreException, int> attempts, CancellationToken token)
    {
        long started = clock.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                var result = await run();
                _spent = false;
                return result;
            }
            catch (OperationCanceledException)
            {
                _spent = true;
                throw;
            }
            catch (StoreException error) when (error.IsTransient)
            {
                if (attempt >= (_spent ? 1 : attempts(error)))
                {
                    if (attempt == 1)
                        throw;
                    _spent |= IsAway(error);
                    throw Last(error, attempt, clock.GetElapsedTime(started));
                }
                StoreLog.Retried(logger, store, what, attempt, error.Message);
            }
            await PauseAsync(attempt, token);
        }
    }

    async Task PauseAsync(int attempt, CancellationToken token)
    {
        double longest = Math.Min(options.FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), options.MaxDelay.TotalSeconds);
        double pause = longest * CounterRandom.Uniform(seed, Interlocked.Increment(ref _pauses), 0);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(pause), clock, token);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled does not want to wait for the store that is away when the end of the run is recorded either.
            _spent = true;
            throw;
        }
    }

    /// <summary>
    /// Tells a server that is gone, starting, or full from one that answers and holds a lock. A driver's error without a code is one of
    /// the network.
    /// </summary>
    static bool IsAway(StoreException error) => error.SqlState is { Length: 5 } state
        ? state[..2] is "08" or "57" or "53"
        : error.SqlState is null && error.InnerException is DbException;

    static StoreException Last(StoreException error, int attempts, TimeSpan elapsed) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{error.Message} Given up after {attempts} attempts in {elapsed.TotalSeconds:0} s."),
        error)
    {
        Statement = error.Statement,
        SqlState = error.SqlState,
        Table = error.Table,
    };
}
