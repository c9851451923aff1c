using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>The memory of all runs: what began when, what each stage did, how it ended.</summary>
/// <remarks>
/// States and results are the words of the pipeline, as text. A run whose process is gone stays <c>Running</c> until the next run of
/// its recommender begins; the caller makes sure that no two of them run at once. Every method throws <see cref="StoreException"/>
/// if the store refuses.
/// </remarks>
/// <param name="database">The store; its migrations are applied.</param>
public sealed class RunLedger(Database database)
{
    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Gets what tries again with the store of the ledger.</summary>
    public Retry Retry => database.Retry;

    /// <summary>Records a run that begins, and that earlier runs of its recommender which never ended have failed.</summary>
    /// <param name="run">What begins.</param>
    /// <param name="at">Now.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The id of the run.</returns>
    public Task<long> StartAsync(RunStart run, DateTimeOffset at, CancellationToken token) =>
        database.Retry.RunAsync("starting the run", () => TryStartAsync(run, at, token), token);

    async Task<long> TryStartAsync(RunStart run, DateTimeOffset at, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        int lost = await session.ExecuteAsync(
            new Statement("ledger/end_lost_runs", _tokens, new { recommender = run.Recommender, at }), token);
        long runId = await session.FindAsync<long>(
            new Statement("ledger/start_run", _tokens, new
            {
                recommender = run.Recommender,
                jobPath = run.JobPath,
                jobHash = run.JobHash,
                jobText = run.JobText,
                asOf = run.AsOf,
                asOfGiven = run.AsOfGiven ? 1 : 0,
                trigger = run.Trigger,
                host = run.Host,
                processId = run.ProcessId,
                at,
            }),
            token);
        await session.CommitAsync(token);
        if (lost > 0)
            StoreLog.LostRuns(database.Logger, run.Recommender, lost);
        return runId;
    }

    /// <summary>Records how a run ended.</summary>
    public Task FinishAsync(long runId, RunEnd end, DateTimeOffset at, CancellationToken token) => ExecuteAsync(
        "ledger/finish_run",
        new
        {
            runId,
            state = end.State,
            message = end.Message,
            exitCode = end.ExitCode,
            releaseId = end.ReleaseId,
            metrics = end.Metrics,
            at,
        },
        token);

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
    /// <param name="token">Cancels.</param>
    /// <returns>Null if there is nothing to resume.</returns>
    public Task<DateTimeOffset?> FindUnfinishedAsync(string recommender, string jobPath, bool asOfGiven, CancellationToken token) =>
        ReadAsync(session => session.FindAsync<DateTimeOffset?>(
            new Statement("ledger/find_unfinished", _tokens, new { recommender, jobPath, asOfGiven = asOfGiven ? 1 : 0 }), token), token);

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

    /// <summary>Runs one statement that may be repeated: a commit that was never acknowledged is made again to the same effect.</summary>
    Task<int> ExecuteAsync(string statement, object arguments, CancellationToken token) => database.Retry.RunAsync(statement, async () =>
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        return await session.ExecuteAsync(new Statement(statement, _tokens, arguments), token);
    }, token);
}
