using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Scheduling;

/// <summary>Runs a refresh job.</summary>
/// <param name="request">What to run.</param>
/// <param name="observer">Told how far it has come.</param>
/// <param name="token">Cancels the run.</param>
delegate Task<RunOutcome> RunRefresh(RunRequest request, IRunObserver observer, CancellationToken token);

/// <summary>Runs a prune job.</summary>
/// <param name="job">Path of the job file.</param>
/// <param name="token">Cancels.</param>
/// <returns>What it removed; null if the file is a job of another kind.</returns>
delegate Task<PruneOutcome?> RunPrune(string job, CancellationToken token);
