using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Cancels a run on whatever machine it is, by way of the serving store.</summary>
sealed class RunCancellation(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>A run hears of the wish within half a second and stops within two.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<CancelView> CancelAsync(string path, long? wanted, string? reason, CancellationToken token)
    {
        var job = JobFile.Load(path, project.Root);
        string recommender = job.Job.Recommender;
        await using var store = project.OpenServing(job, loggers);
        await new Migrator(store, clock).MigrateAsync(token);
        var ledger = new RunLedger(store);
        var locks = new RecommenderLocks(store);

        var held = await locks.FindAsync(recommender, token);
        if (held is not { IsHeld: true, RunId: { } runId } || (wanted ?? runId) != runId)
            throw await NothingToCancelAsync(ledger, recommender, path, wanted, held, token);
        var request = new CancelRequest(LedgerQueries.Operator, reason);
        bool isAsked = await locks.RequestCancelAsync(recommender, runId, request, token);
        var run = await EndOfAsync(ledger, runId, isAsked ? Patience : TimeSpan.Zero, token);
        return new CancelView(recommender, runId, Words.Of(Enum.Parse<RunState>(run.State)), run.FinishedAt is null
            ? $"asked to end, but it still works ({held.Description}): batchrecs runs show {job.Path} --run {runId} tells when it has ended"
            : run.Message!);
    }

    /// <summary>Waits until a run has ended, but not for ever.</summary>
    async Task<RunRecord> EndOfAsync(RunLedger ledger, long runId, TimeSpan patience, CancellationToken token)
    {
        long started = clock.GetTimestamp();
        while (true)
        {
            var run = (await ledger.GetAsync(runId, token))!;
            if (run.FinishedAt is not null || clock.GetElapsedTime(started) >= patience)
                return run;
            await Task.Delay(Pause, clock, token);
        }
    }

    static async Task<ConfigurationException> NothingToCancelAsync(
        RunLedger ledger, string recommender, string path, long? wanted, LockState? held, CancellationToken token)
    {
        string now = held is { IsHeld: true }
            ? $"Under way is {held.Description}."
            : $"Nothing of {recommender} is under way; batchrecs run {Path.GetFileName(path)} continues what was cut off.";
        if (wanted is not { } runId)
            return new ConfigurationException($"There is no run to cancel. {now}");
        var run = await ledger.GetAsync(runId, token);
        string found = run?.Recommender != recommender
            ? $"{recommender} has no run {runId}."
            : run.FinishedAt is null
                ? $"The process of run {runId} is gone."
                : $"Run {runId} ended {run.FinishedAt:u}: {run.Message}.";
        return new ConfigurationException($"{found} {now}");
    }
}
