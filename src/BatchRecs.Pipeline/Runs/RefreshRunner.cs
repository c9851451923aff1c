using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
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

    readonly ILogger _logger = loggers.CreateLogger<RefreshRunner>();
    readonly LivingRuns _living = new();

    /// <summary>Runs a job to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="observer">Who is told how far it has come.</param>
    /// <param name="token">Cancels; finished stages stay.</param>
    /// <returns>How it ended, unless an error ended it.</returns>
    /// <exception cref="BatchRecsException">What ended the run; once it has an id the ledger knows it too.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver observer, CancellationToken token)
    {
        var loaded = JobFile.Load(request.JobPath, project.Root);
        await using var warehouse = project.OpenWarehouse(loaded, loggers);
        await using var serving = project.OpenServing(loaded, loggers);
        await new Migrator(serving, clock).MigrateAsync(token);

        var ledger = new RunLedger(serving);
        if (await _living.FindAsync(ledger, loaded.Job.Recommender, token) is { } living)
            return Skipped(loaded.Job.Recommender, living);

        var (asOf, isGiven, resumes) = await AsOfAsync(request, loaded, warehouse, ledger, token);
        long runId = await ledger.StartAsync(Start(request, loaded, asOf, isGiven), clock.GetUtcNow(), token);
        using var entry = _living.Add(runId);
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
            await new ResourceGate(project, context.Artifacts, _logger).PassAsync(loaded, warehouse, token);
            var (result, release) = await line.RunAsync(token);
            await ledger.FinishAsync(
                runId,
                new RunEnd(result.State.ToString(), result.Message, RunOutcome.ExitCodeOf(result.State), release.ReleaseId),
                clock.GetUtcNow(),
                CancellationToken.None);
            PipelineLog.RunFinished(_logger, runId, loaded.Job.Recommender, result.State, result.Message);
            return new RunOutcome(runId, loaded.Job.Recommender, result.State, release.ReleaseId, runner.Reports, result.Message);
        }
        catch (Exception error)
        {
            await RecordFailureAsync(ledger, runId, loaded.Job.Recommender, error);
            throw;
        }
        finally
        {
            await new Housekeeping(context.Artifacts, new ReleaseStore(serving), _logger, clock).TidyAsync(loaded.Job);
        }
    }

    /// <summary>Decides up to when events count: as asked, as the run that is resumed, or as the job says.</summary>
    async Task<(DateTimeOffset AsOf, bool IsGiven, bool Resumes)> AsOfAsync(
        RunRequest request, LoadedJob loaded, Database warehouse, RunLedger ledger, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        bool followsClock = loaded.Job.AsOf == AsOfPolicy.Now;
        var given = request.AsOf ?? (followsClock ? request.ScheduledAt : null);
        var unfinished = request.Fresh
            ? null
            : await ledger.FindUnfinishedAsync(loaded.Job.Recommender, loaded.Path, asOfGiven: given is not null, token);
        if (given is { } asked)
            return (asked, true, Micros.Of(asked) == (unfinished is { } other ? Micros.Of(other) : null));
        if (followsClock && unfinished is { } resumed && now - resumed < ResumableFor)
        {
            PipelineLog.Resuming(_logger, resumed, loaded.Path);
            return (resumed, false, true);
        }
        var asOf = await AsOf.DefaultAsync(loaded, project.Root, warehouse, now, token);
        return (asOf, false, asOf == unfinished);
    }

    static RunStart Start(RunRequest request, LoadedJob loaded, DateTimeOffset asOf, bool asOfGiven) => new(
        loaded.Job.Recommender,
        loaded.Path,
        loaded.Hash,
        loaded.Text,
        asOf,
        asOfGiven,
        request.Trigger,
        Environment.MachineName,
        Environment.ProcessId);

    RunOutcome Skipped(string recommender, RunRecord living)
    {
        string message =
            $"skipped: already running (run {living.RunId} of {recommender}, since {living.StartedAt:u}, process {living.ProcessId})";
        PipelineLog.RunSkipped(_logger, recommender, message);
        return new RunOutcome(living.RunId, recommender, RunState.Skipped, null, [], message);
    }

    RunContext Context(long runId, LoadedJob loaded, RunRequest request, RunLedger ledger, IRunObserver observer) => new()
    {
        RunId = runId,
        Recommender = loaded.Job.Recommender,
        ComputeFrom = request.Fresh ? StageName.Extract : request.From,
        Ledger = ledger,
        Artifacts = project.OpenArtifacts(),
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
        PipelineLog.RunFailed(
            _logger, error is BatchRecsException or OperationCanceledException ? null : error, runId, recommender, state, message);
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
}
