using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using BatchRecs.Store.Ledger;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Tells runs that are under way from runs whose process is gone.</summary>
/// <remarks>
/// Knows this process and others on this machine. A run that the ledger has on another machine counts as gone: the scheduler keeps its
/// machines apart, but a run that somebody starts by hand on another machine is not noticed.
/// </remarks>
sealed class LivingRuns
{
    /// <summary>A process that took over the number of a dead one began after the run did; clocks of one machine differ by less.</summary>
    static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<long, bool> _own = new();

    /// <summary>Finds a run of a recommender that is under way; null if there is none.</summary>
    public async Task<RunRecord?> FindAsync(RunLedger ledger, string recommender, CancellationToken token) =>
        (await ledger.ListAsync(recommender, nameof(RunState.Running), 10, token)).FirstOrDefault(IsLiving);

    /// <summary>Counts a run of this process as living until the result is disposed.</summary>
    public IDisposable Add(long runId)
    {
        _own[runId] = true;
        return new Entry(this, runId);
    }

    bool IsLiving(RunRecord run)
    {
        if (run.Host != Environment.MachineName)
            return false;
        if (run.ProcessId == Environment.ProcessId)
            return _own.ContainsKey(run.RunId);
        try
        {
            using var process = Process.GetProcessById(run.ProcessId);
            return process.StartTime.ToUniversalTime() <= run.StartedAt.UtcDateTime + ClockSlack;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    sealed class Entry(LivingRuns runs, long runId) : IDisposable
    {
        public void Dispose() => runs._own.TryRemove(runId, out _);
    }
}
