using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Scheduling;

/// <summary>Runs a refresh job.</summary>
/// <param name="request">What to run.</param>
/// <param name="observer">Told how far it has come.</param>
/// <param name="token">Cancels the run.</param>
delegate Task<RunOutcome> RunRefresh(RunRequest request, IRunObserver observer, CancellationToken token);
