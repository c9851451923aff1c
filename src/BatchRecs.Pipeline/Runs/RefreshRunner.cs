using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Runs refresh jobs: finds stores and as-of, keeps the ledger, runs the line.</summary>
/// <param name="project">Root, work folder and stores.</param>
/// <param name="loggers">Makes the logs.</param>
/// <param name="clock">The clock.</param>
public sealed class RefreshRunner(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>A run that did not end well is resumed, with its as-of, for so long.</summary>
    static readonly TimeSpan ResumableFor = TimeSpan.FromHours(24);

    /// <summary>How many artifacts of each stage stay on disk.</summary>
    const int KeptArtifacts = 2;

    readonly ILogger _logger = loggers.CreateLogger<RefreshRunner>();

    /// <summary>Runs a job to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="observer">Who is told how far it has come.</param>
    /// <param name="token">Cancels; finished stages stay.</param>
    /// <returns>How it ended, unless an error ended it.</returns>
    /// <exception cref="BatchRecsException">What ended the run; the ledger knows it too.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver observer, CancellationToken token)
    {
        var loaded = JobFile.Load(request.JobPath, project.Root);
        await using var warehouse = project.OpenWarehouse(loaded, loggers);
        await using var serving = project.OpenServing(loaded, loggers);
        await new Migrator(serving, clock).MigrateAsync(token);

        var ledger = new RunLedger(serving);
        var (asOf, resumes) = await AsOfAsync(request, loaded, warehouse, ledger, token);
        long runId = await ledger.StartAsync(
            new RunStart(
                loaded.Job.Recommender, loaded.Path, loaded.Hash, loaded.Text, asOf, request.Trigger, Environment.MachineName, Environment.ProcessId),
            clock.GetUtcNow(),
            token);
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["RunId"] = runId });
        PipelineLog.RunStarted(_logger, runId, loaded.Job.Recommender, loaded.Path, asOf, request.Trigger);

        var context = Context(runId, loaded, request, ledger, observer);
        var runner = new StageRunner(context);
        var line = new RefreshLine(
            runner,
            loaded,
            warehouse,
            serving,
            new Evaluations(ledger, clock, forced: context.ComputeFrom <= StageName.Evaluate),
            new LineStart(runId, asOf, resumes, request.DryRun, project.Root, clock, _logger));
        try
        {
            var (result, release) = await line.RunAsync(token);
            await ledger.FinishAsync(
                runId, new RunEnd(result.State.ToString(), result.Message, ExitCodeOf(result.State), release.ReleaseId), clock.GetUtcNow(), token);
            context.Artifacts.Prune(loaded.Job.Recommender, KeptArtifacts, clock.GetUtcNow());
            PipelineLog.RunFinished(_logger, runId, loaded.Job.Recommender, result.State, result.Message);
            return new RunOutcome(runId, loaded.Job.Recommender, result.State, release.ReleaseId, runner.Reports, result.Message);
        }
        catch (Exception error)
        {
            await RecordFailureAsync(ledger, runId, loaded.Job.Recommender, error);
            throw;
        }
    }

    /// <summary>Decides up to when events count: as asked, as the run that is resumed, or as the job says.</summary>
    async Task<(DateTimeOffset AsOf, bool Resumes)> AsOfAsync(
        RunRequest request, LoadedJob loaded, Database warehouse, RunLedger ledger, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var unfinished = request.Fresh
            ? null
            : await ledger.FindUnfinishedAsync(loaded.Job.Recommender, loaded.Path, now - ResumableFor, token);
        if (request.AsOf is { } asked)
            return (asked, asked == unfinished);
        if (unfinished is { } resumed)
        {
            PipelineLog.Resuming(_logger, resumed, loaded.Path);
            return (resumed, true);
        }
        return (await AsOf.DefaultAsync(loaded, project.Root, warehouse, now, token), false);
    }

    RunContext Context(long runId, LoadedJob loaded, RunRequest request, RunLedger ledger, IRunObserver observer) => new()
    {
        RunId = runId,
        Recommender = loaded.Job.Recommender,
        ComputeFrom = request.Fresh ? StageName.Extract : request.From,
        Ledger = ledger,
        Artifacts = new ArtifactStore(project.ArtifactFolder),
        Observer = observer,
        Logger = _logger,
        Clock = clock,
    };

    async Task RecordFailureAsync(RunLedger ledger, long runId, string recommender, Exception error)
    {
        var (state, code) = error switch
        {
            OperationCanceledException => (RunState.Cancelled, 130),
            BatchRecsException known => (RunState.Failed, known.ExitCode),
            _ => (RunState.Failed, 70),
        };
        string message = state == RunState.Cancelled ? "cancelled; finished stages are kept, run again to go on" : error.Message;
        PipelineLog.RunFailed(_logger, error is BatchRecsException or OperationCanceledException ? null : error, runId, recommender, state, message);
        try
        {
            await ledger.FinishAsync(runId, new RunEnd(state.ToString(), message, code), clock.GetUtcNow(), CancellationToken.None);
        }
        catch (StoreException lost)
        {
            // The store that keeps the ledger is what failed: the log has the run's end, and the next run marks this one as lost.
            PipelineLog.RunFailed(_logger, lost, runId, recommender, state, lost.Message);
        }
    }

    static int ExitCodeOf(RunState state) => state == RunState.Refused ? 6 : 0;
}
