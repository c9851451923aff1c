using System.Runtime.ExceptionServices;

namespace BatchRecs.Core.Numerics;

/// <summary>Runs independent units of work on several threads.</summary>
static class Workers
{
    /// <summary>Runs units 0 … <paramref name="unitCount"/> − 1, each exactly once, started in that order.</summary>
    /// <typeparam name="TScratch">Memory that a worker keeps from unit to unit.</typeparam>
    /// <param name="unitCount">Number of units.</param>
    /// <param name="threads">Workers, at least 1.</param>
    /// <param name="newScratch">Makes the memory of one worker.</param>
    /// <param name="work">Does one unit; writes only what belongs to its unit, so results do not depend on the number of workers.</param>
    /// <param name="token">Asked before each unit.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run<TScratch>(
        int unitCount, int threads, Func<TScratch> newScratch, Action<int, TScratch> work, CancellationToken token)
    {
        int workers = Math.Min(Math.Max(threads, 1), unitCount);
        int next = -1;
        void Worker()
        {
            var scratch = newScratch();
            for (int unit = Interlocked.Increment(ref next); unit < unitCount; unit = Interlocked.Increment(ref next))
            {
                token.ThrowIfCancellationRequested();
                work(unit, scratch);
            }
        }

        token.ThrowIfCancellationRequested();
        if (workers == 1)
            Worker();
        else if (workers > 1)
            RunParallel(workers, Worker, token);
    }

    /// <summary>An error of a worker arrives as it is, as it does from a single one.</summary>
    static void RunParallel(int workers, Action worker, CancellationToken token)
    {
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = token }, _ => worker());
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }
}
