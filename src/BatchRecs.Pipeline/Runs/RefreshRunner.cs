using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Quality;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Quarantine;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Runs refresh, trending and tune jobs: finds stores and as-of, keeps the ledger, runs the line.</summary>
/// <param name="project">Root, work folder and stores.</param>
/// <param name="loggers">Makes the logs.</param>
/// <param name="clock">The clock.</param>
public sealed class RefreshRunner(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>A run that did not end well is resumed, with its as-of, for so long.</summary>
    static readonly TimeSpan ResumableFor = TimeSpan.FromHours(24);

    readonly ILogger _logger = loggers.CreateLogger<RefreshRunner>();

    /// <summary>Runs a job to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="observer">Who is told how far it has come.</param>
    /// <param name="token">Cancels; finished stages stay.</param>
    /// <returns>How it ended, unless an error ended it.</returns>
    /// <exception cref="BatchRecsException">What ended the run; once it has an id the ledger knows it too.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver observer, CancellationToken token)
    {
        var tune = JobFile.KindOf(request.JobPath, project.Root) == JobKind.Tune ? JobFile.LoadTune(request.JobPath, project.Root) : null;
        // A search is a run of the recommender whose job it tunes, under the name of its own file.
        var loaded = tune is null ? JobFile.Load(request.JobPath, project.Root) : tune.Tuned with { Path = tune.Path, Text = tune.Text };
        await using var warehouse = project.OpenWarehouse(loaded, loggers);
        await using var serving = project.OpenServing(loaded, loggers);
        await new Migrator(serving, clock).MigrateAsync(token);

        var ledger = new RunLedger(serving);
        var owner = LockOwner.New();
        using var presence = owner.Enter();
        var started = await ledger.StartAsync(Start(request, loaded, owner), clock.GetUtcNow(), token);
        if (started.Fence is not { } fence)
            return Skipped(started, loaded.Job.Recommender);

        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["RunId"] = started.RunId });
        await using var beats = (project with { Retries = RetrySettings.Once }).OpenServing(loaded, loggers);
        await using var lease = new RunLease(
            new RecommenderLocks(serving), new RecommenderLocks(beats), fence, presence, _logger, clock, token);
        var context = Context(started.RunId, loaded, request, ledger, observer);
        var privacy = new RunPrivacy(project, loaded, warehouse, serving, lease, _logger, clock);
        RunOutcome? outcome = null;
        try
        {
            outcome = await WorkAsync(request, loaded, tune, warehouse, serving, context, privacy, lease);
            await RecordOutcomeAsync(ledger, outcome);
            return outcome;
        }
        catch (Exception error) when (outcome is null)
        {
            var reported = Reported(error, lease);
            await RecordFailureAsync(ledger, started.RunId, loaded.Job.Recommender, reported);
            if (!ReferenceEquals(reported, error))
                throw reported;
            throw;
        }
        finally
        {
            await privacy.FinishAsync();
            await new Housekeeping(context.Artifacts, new ReleaseStore(serving, fence), _logger, clock).TidyAsync(
                loaded.Job, lease.Token);
        }
    }

    /// <summary>Runs the line under the lock.</summary>
    async Task<RunOutcome> WorkAsync(
        RunRequest request,
        LoadedJob loaded,
        LoadedTune? tune,
        Database warehouse,
        Database serving,
        RunContext context,
        RunPrivacy privacy,
        RunLease lease)
    {
        var (asOf, isGiven, resumes) = await AsOfAsync(request, loaded, warehouse, context, lease.Token);
        await context.Ledger.SetAsOfAsync(context.RunId, asOf, isGiven, lease.Token);
        PipelineLog.RunStarted(_logger, context.RunId, loaded.Job.Recommender, loaded.Path, asOf, request.Trigger);

        // Whoever is to be forgotten is forgotten also where there is no room for a run.
        await privacy.PrepareAsync(lease.Token);
        await new ResourceGate(project, context.Artifacts, _logger).PassAsync(loaded, warehouse, lease.Token);
        var runner = new StageRunner(context);
        var releases = new ReleaseStore(serving, lease.Fence);
        var start = new LineStart(
            context.RunId,
            asOf,
            resumes,
            ReadsAll: context.ComputeFrom == StageName.Extract,
            IsBackfill: request.AsOf is not null && context.ComputeFrom != StageName.Extract,
            request.DryRun,
            request.Override is { } wish ? new GuardOverride(wish.By, clock.GetUtcNow(), wish.Reason) : null,
            project.Root,
            privacy,
            new RejectKeeper(new QuarantineTable(serving), privacy.Forgotten, context.RunId, loaded.Job.Recommender, clock, _logger),
            clock,
            _logger,
            context.Artifacts);
        if (tune is not null)
        {
            bool searchesAnew = context.ComputeFrom <= StageName.Tune;
            var report = await new TuneLine(runner, tune, warehouse, start, new TuneFiles(project), searchesAnew).RunAsync(lease.Token);
            return new RunOutcome(context.RunId, loaded.Job.Recommender, RunState.Done, null, runner.Reports, TuneLine.Message(report))
            {
                Tuned = report,
            };
        }
        var (result, release) = loaded.Job.Kind == JobKind.Trending
            ? await new TrendingLine(runner, loaded, warehouse, releases, start).RunAsync(lease.Token)
            : await new RefreshLine(
                runner,
                loaded,
                warehouse,
                releases,
                new Evaluations(context.Ledger, clock, asOf, forced: context.ComputeFrom <= StageName.Evaluate),
                new NightlyScore(warehouse, serving, loaded.Job, project.Root, _logger, clock),
                new ReleaseMonitor(serving, loaded.Job, _logger, clock),
                new GuardLedger(serving),
                start).RunAsync(lease.Token);
        return new RunOutcome(
            context.RunId, loaded.Job.Recommender, result.State, release?.ReleaseId, runner.Reports, result.Message);
    }

    /// <summary>Decides up to when events count: as asked, as the run that is resumed, or as the job says.</summary>
    async Task<(DateTimeOffset AsOf, bool IsGiven, bool Resumes)> AsOfAsync(
        RunRequest request, LoadedJob loaded, Database warehouse, RunContext context, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        bool followsClock = loaded.Job.AsOf == AsOfPolicy.Now;
        var given = request.AsOf ?? (followsClock ? request.ScheduledAt : null);
        // What was trending an hour ago is not worth going on with.
        var unfinished = request.Fresh || loaded.Job.Kind == JobKind.Trending
            ? null
            : await context.Ledger.FindUnfinishedAsync(
                loaded.Job.Recommender, loaded.Path, asOfGiven: given is not null, before: context.RunId, token);
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

    /// <summary>
    /// As-of may take a look at the warehouse, which is for the one run that works: until then the ledger has a first guess.
    /// </summary>
    RunStart Start(RunRequest request, LoadedJob loaded, LockOwner owner) => new(
        loaded.Job.Recommender,
        loaded.Path,
        loaded.Hash,
        loaded.Text,
        request.AsOf ?? request.ScheduledAt ?? clock.GetUtcNow(),
        request.AsOf is not null,
        request.Trigger,
        owner);

    RunOutcome Skipped(StartedRun started, string recommender)
    {
        PipelineLog.RunSkipped(_logger, recommender, started.Skipped!);
        return new RunOutcome(started.RunId, recommender, RunState.Skipped, null, [], started.Skipped!);
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

    /// <summary>A run that was made to end says by whom, or that it lost its lock; every other error stays what it is.</summary>
    static Exception Reported(Exception error, RunLease lease)
    {
        if (lease.Loss is { } loss)
            return loss;
        if (error is not OperationCanceledException)
            return error;
        string by = lease.Request is { } request
            ? $" by {request.RequestedBy}{(request.Reason is null ? "" : $" ({request.Reason})")}"
            : "";
        return new RunCancelledException($"cancelled{by}; finished stages are kept, run again to go on", error);
    }

    /// <summary>What is done is done: a ledger that fails now must not make a published run a failed one.</summary>
    async Task RecordOutcomeAsync(RunLedger ledger, RunOutcome outcome)
    {
        PipelineLog.RunFinished(_logger, outcome.RunId, outcome.Recommender, outcome.State, outcome.Message);
        try
        {
            var end = new RunEnd(outcome.State.ToString(), outcome.Message, RunOutcome.ExitCodeOf(outcome.State), outcome.ReleaseId);
            if (!await ledger.FinishAsync(outcome.RunId, end, clock.GetUtcNow(), CancellationToken.None))
                PipelineLog.EndedTooLate(_logger, outcome.RunId, outcome.State);
        }
        catch (StoreException lost)
        {
            PipelineLog.OutcomeLost(_logger, outcome.RunId, lost.Message);
        }
    }

    async Task RecordFailureAsync(RunLedger ledger, long runId, string recommender, Exception error)
    {
        var (state, code) = error switch
        {
            OperationCanceledException => (RunState.Cancelled, 130),
            BatchRecsException known => (RunState.Failed, known.ExitCode),
            _ => (RunState.Failed, 70),
        };
        string message = error.Message;
        PipelineLog.RunFailed(
            _logger, error is BatchRecsException or OperationCanceledException ? null : error, runId, recommender, state, message);
        try
        {
            var end = new RunEnd(state.ToString(), message, code);
            if (!await ledger.FinishAsync(runId, end, clock.GetUtcNow(), CancellationToken.None))
                PipelineLog.EndedTooLate(_logger, runId, state);
        }
        catch (StoreException lost)
        {
            // The store that keeps the ledger is what failed: the log has the run's end, and the next run marks this one as lost.
            PipelineLog.RunFailed(_logger, lost, runId, recommender, state, lost.Message);
        }
    }
}
