using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>The memory of all runs: what began when, what each stage did, how it ended.</summary>
/// <remarks>
/// States and results are the words of the pipeline, as text. A run whose process is gone stays <c>Running</c> until the next run of
/// its recommender begins. Every method throws <see cref="StoreException"/> if the store refuses.
/// </remarks>
/// <param name="database">The store; its migrations are applied.</param>
public sealed class RunLedger(Database database)
{
    readonly Tokens _tokens = database.FixedTokens();
    readonly RecommenderLocks _locks = new(database);

    /// <summary>Gets what tries again with the store of the ledger.</summary>
    public Retry Retry => database.Retry;

    /// <summary>
    /// Records a run and gives it the lock of its recommender, in one transaction. Where another piece of work holds that, the run is
    /// recorded as skipped; otherwise earlier runs of the recommender which never ended are recorded as lost.
    /// </summary>
    /// <remarks>May be repeated with the same owner: a start whose answer got lost is found again.</remarks>
    /// <param name="run">What begins.</param>
    /// <param name="at">Now.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The run's id and its fence, or who is at work instead.</returns>
    public Task<StartedRun> StartAsync(RunStart run, DateTimeOffset at, CancellationToken token) =>
        database.Retry.RunAsync("starting the run", () => TryStartAsync(run, at, token), token);

    async Task<StartedRun> TryStartAsync(RunStart run, DateTimeOffset at, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        var state = await _locks.LockAsync(session, run.Recommender, token);
        long? known = await session.FindAsync<long?>(
            new Statement("ledger/find_by_token", _tokens, new { token = run.Owner.Token }), token);
        if (known is { } runId && state.Holder == run.Owner.Token)
            return new StartedRun(runId, new RunFence(run.Recommender, state.Fence), null);
        if (state.IsHeld)
            return await SkipAsync(session, run, known, state, at, token);

        int lost = await session.ExecuteAsync(
            new Statement("ledger/end_lost_runs", _tokens, new { recommender = run.Recommender, at, message = LostMessage(state) }), token);
        // Its start was recorded and somebody else came first: it stays what was recorded, although nobody is at work any more.
        if (known is { } over)
            return await OverAsync(session, over, token);
        runId = await InsertAsync(session, run, at, token);
        var fence = await _locks.TakeAsync(session, run.Recommender, "run", runId, run.Owner, token);
        await session.CommitAsync(token);
        if (lost > 0)
            StoreLog.LostRuns(database.Logger, run.Recommender, lost);
        return new StartedRun(runId, fence, null);
    }

    /// <summary>Records up to when the events of a run count, once that is known.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="asOf">The time up to which events count.</param>
    /// <param name="given">True = somebody chose that time; false = it follows from the clock or the data.</param>
    /// <param name="token">Cancels.</param>
    public Task SetAsOfAsync(long runId, DateTimeOffset asOf, bool given, CancellationToken token) =>
        ExecuteAsync("ledger/set_as_of", new { runId, asOf, asOfGiven = given ? 1 : 0 }, token);

    /// <summary>
    /// Records how a run ended. One that was given up as lost meanwhile stays so, unless its release was published: no run can do that
    /// without the lock.
    /// </summary>
    /// <returns>False if the ledger keeps another end of the run.</returns>
    public async Task<bool> FinishAsync(long runId, RunEnd end, DateTimeOffset at, CancellationToken token) =>
        await ExecuteAsync("ledger/finish_run", Finished(runId, end, at), token) > 0
            // A commit that was never acknowledged was made all the same.
            || (await GetAsync(runId, token))?.State == end.State;

    /// <summary>Records a stage that begins.</summary>
    public Task StageStartedAsync(long runId, string stage, string key, DateTimeOffset at, CancellationToken token) =>
        ExecuteAsync("ledger/start_stage", new { runId, stage, key, at }, token);

    /// <summary>Records what a stage did.</summary>
    public Task StageFinishedAsync(long runId, StageEnd end, DateTimeOffset at, CancellationToken token) => ExecuteAsync(
        "ledger/finish_stage",
        new
        {
            runId,
            stage = end.Stage,
            key = end.Key,
            result = end.Result,
            rows = end.Rows,
            unit = end.Unit,
            elapsedMs = (long)end.Elapsed.TotalMilliseconds,
            note = end.Note,
            error = end.Error,
            at,
        },
        token);

    /// <summary>Lists runs, newest first, without their stages.</summary>
    /// <param name="recommender">Only this recommender's; null = all.</param>
    /// <param name="state">Only in this state; null = any.</param>
    /// <param name="limit">At most so many, from 1.</param>
    /// <param name="token">Cancels.</param>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(string? recommender, string? state, int limit, CancellationToken token) =>
        await ReadAsync(session => session.QueryAsync<RunRecord>(
            new Statement("ledger/list_runs", _tokens, new { recommender, state, limit }), token), token);

    /// <summary>Finds a run with its stages; null if there is no such run.</summary>
    public async Task<RunRecord?> GetAsync(long runId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        var run = await session.FindAsync<RunRecord>(new Statement("ledger/get_run", _tokens, new { runId }), token);
        if (run is null)
            return null;
        var stages = await session.QueryAsync<StageRecord>(new Statement("ledger/list_stages", _tokens, new { runId }), token);
        return run with { Stages = stages };
    }

    /// <summary>
    /// Finds the as-of of a job's newest run if it never ended, was cancelled, or failed for a reason that may pass: the run to resume.
    /// </summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="jobPath">Path of the job file as it was given then.</param>
    /// <param name="asOfGiven">True = only a run whose as-of somebody chose; false = only one whose as-of nobody chose.</param>
    /// <param name="before">Only runs with a smaller id than this count.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>Null if there is nothing to resume.</returns>
    public Task<DateTimeOffset?> FindUnfinishedAsync(
        string recommender, string jobPath, bool asOfGiven, long before, CancellationToken token) =>
        ReadAsync(session => session.FindAsync<DateTimeOffset?>(new Statement(
            "ledger/find_unfinished", _tokens, new { recommender, jobPath, asOfGiven = asOfGiven ? 1 : 0, before }), token), token);

    /// <summary>Keeps a measurement.</summary>
    /// <param name="recommender">Name of the recommender.</param>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="token">Cancels.</param>
    public Task SaveEvaluationAsync(string recommender, EvaluationRecord evaluation, CancellationToken token) => ExecuteAsync(
        "ledger/save_evaluation",
        new
        {
            recommender,
            jobHash = evaluation.JobHash,
            report = evaluation.Report,
            runId = evaluation.RunId,
            at = evaluation.MeasuredAt,
        },
        token);

    /// <summary>Finds a recommender's newest measurement; null if it was never measured.</summary>
    public Task<EvaluationRecord?> LastEvaluationAsync(string recommender, CancellationToken token) =>
        ReadAsync(session => session.FindAsync<EvaluationRecord>(
            new Statement("ledger/last_evaluation", _tokens, new { recommender }), token), token);

    Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken token) => database.Retry.RunAsync("reading the ledger", async () =>
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await read(session);
    }, token);

    async Task<StartedRun> SkipAsync(
        Session session, RunStart run, long? known, LockState holder, DateTimeOffset at, CancellationToken token)
    {
        long runId = known ?? await InsertAsync(session, run, at, token);
        string message = $"skipped: already running ({holder.Description})";
        await session.ExecuteAsync(
            new Statement("ledger/finish_run", _tokens, Finished(runId, new RunEnd("Skipped", message, RunEnd.SkippedCode), at)), token);
        await session.CommitAsync(token);
        return new StartedRun(runId, null, message);
    }

    async Task<StartedRun> OverAsync(Session session, long runId, CancellationToken token)
    {
        var run = await session.FindAsync<RunRecord>(new Statement("ledger/get_run", _tokens, new { runId }), token);
        await session.CommitAsync(token);
        return new StartedRun(runId, null, run!.Message);
    }

    async Task<long> InsertAsync(Session session, RunStart run, DateTimeOffset at, CancellationToken token) =>
        await session.FindAsync<long>(
            new Statement("ledger/start_run", _tokens, new
            {
                recommender = run.Recommender,
                jobPath = run.JobPath,
                jobHash = run.JobHash,
                jobText = run.JobText,
                asOf = run.AsOf,
                asOfGiven = run.AsOfGiven ? 1 : 0,
                trigger = run.Trigger,
                host = run.Owner.Host,
                processId = run.Owner.ProcessId,
                token = run.Owner.Token,
                at,
            }),
            token);

    /// <summary>Says what became of the run that held the lock before.</summary>
    static string LostMessage(LockState state) => state.Holder is null || state.Owner.IsGone()
        ? "lost: the process ended without a word; finished stages are kept, run again to go on"
        : $"lost: the process on {state.Host} said nothing for longer than its lease lasts, and another run took its place; "
            + "if it still lives, it changes nothing any more";

    static object Finished(long runId, RunEnd end, DateTimeOffset at) => new
    {
        runId,
        state = end.State,
        message = end.Message,
        exitCode = end.ExitCode,
        releaseId = end.ReleaseId,
        metrics = end.Metrics,
        at,
    };

    /// <summary>Runs one statement that may be repeated: a commit that was never acknowledged is made again to the same effect.</summary>
    Task<int> ExecuteAsync(string statement, object arguments, CancellationToken token) => database.Retry.RunAsync(statement, async () =>
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        return await session.ExecuteAsync(new Statement(statement, _tokens, arguments), token);
    }, token);
}
