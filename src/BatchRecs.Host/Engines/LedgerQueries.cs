using BatchRecs.Core.Errors;
using BatchRecs.Core.Guarding;
using BatchRecs.Host.Cli;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Quarantine;
using BatchRecs.Store.Releases;

namespace BatchRecs.Host.Engines;

/// <summary>Looks up runs and releases of a job, and rolls back.</summary>
sealed class LedgerQueries(JobStore stores, TimeProvider clock)
{
    public Task<IReadOnlyList<ReleaseRow>> ListReleasesAsync(
        string path, CancellationToken token) => stores.WithAsync(path, async (job, store) =>
        (IReadOnlyList<ReleaseRow>)[.. (await new ReleaseStore(store).ListAsync(job.Job.Recommender, token)).Select(Row)], token);

    public Task<ReleaseRow> ShowReleaseAsync(string path, long? id, CancellationToken token) => stores.WithAsync(path, async (job, store) =>
    {
        var releases = await new ReleaseStore(store).ListAsync(job.Job.Recommender, token);
        var found = releases.FirstOrDefault(release => id is null ? release.IsCurrent : release.ReleaseId == id);
        return found is null
            ? throw new ConfigurationException(id is null
                ? $"{job.Job.Recommender} has no current release. batchrecs run {job.Path} makes one."
                : $"{job.Job.Recommender} has no release {id}. batchrecs releases list {job.Path} shows what there is.")
            : Row(found);
    }, token);

    public Task<RollbackView> RollbackAsync(
        string path, long? to, string? reason, CancellationToken token) => stores.WithAsync(path, async (job, store) =>
    {
        var releases = new ReleaseStore(store);
        var before = await releases.FindCurrentAsync(job.Job.Recommender, token)
            ?? throw new ConfigurationException(
                $"{job.Job.Recommender} has no current release to roll back from. batchrecs run {job.Path} makes one.");
        var by = new Withdrawal(Operator, reason);
        var after = await releases.RollbackAsync(job.Job.Recommender, to, clock.GetUtcNow(), token, by);
        return new RollbackView(job.Job.Recommender, before.ReleaseId, after.ReleaseId);
    }, token);

    public Task<IReadOnlyList<RunRow>> ListRunsAsync(
        string path, string? state, int count, CancellationToken token) => stores.WithAsync(path, async (job, store) =>
    {
        string? stored = state is null ? null : Enum.GetNames<RunState>().FirstOrDefault(name => Word(name) == state)
            ?? throw new ConfigurationException(
                $"There is no state '{state}'; states are: {string.Join(", ", Enum.GetNames<RunState>().Select(Word))}.");
        var runs = await new RunLedger(store).ListAsync(job.Job.Recommender, stored, count, token);
        return (IReadOnlyList<RunRow>)[.. runs.Select(run => Row(run, new GuardVerdict([])))];
    }, token);

    public Task<RunRow> ShowRunAsync(string path, long? id, CancellationToken token) =>
        stores.WithAsync(path, async (job, store) =>
    {
        var run = await FindRunAsync(job, store, id, token);
        return Row(run, await new GuardLedger(store).VerdictAsync(run.RunId, token));
    }, token);

    public Task<RejectedView> ListRejectedAsync(string path, long? id, int count, CancellationToken token) =>
        stores.WithAsync(path, async (job, store) =>
    {
        var run = await FindRunAsync(job, store, id, token);
        var rows = await new QuarantineTable(store).ListAsync(run.RunId, count, token);
        return new RejectedView(job.Job.Recommender, run.RunId, rows);
    }, token);

    static async Task<RunRecord> FindRunAsync(LoadedJob job, Database store, long? id, CancellationToken token)
    {
        var ledger = new RunLedger(store);
        long? wanted = id ?? (await ledger.ListAsync(job.Job.Recommender, null, 1, token) is [var newest] ? newest.RunId : null);
        var run = wanted is { } runId ? await ledger.GetAsync(runId, token) : null;
        return run?.Recommender == job.Job.Recommender
            ? run
            : throw new ConfigurationException(id is null
                ? $"{job.Job.Recommender} has never run. batchrecs run {job.Path} runs it."
                : $"{job.Job.Recommender} has no run {id}. batchrecs runs list {job.Path} shows what there is.");
    }

    /// <summary>Gets who sits at this command line, for the ledger.</summary>
    internal static string Operator => $"{Environment.UserName}@{Environment.MachineName} via cli";

    static ReleaseRow Row(Release release) => new(
        release.ReleaseId,
        release.Recommender,
        release.RunId,
        release.Standing,
        release.IsCurrent,
        release.CreatedAt,
        release.PublishedAt,
        release.RetiredAt,
        Micros.ToTime(release.DataUntil),
        release.Counts is { } counts ? Counts(counts) : new Dictionary<string, long>(),
        ReleaseMetrics.Read(release.Metrics),
        release.JobDefinition,
        Note(release));

    static string Note(Release release)
    {
        string[] notes =
        [
            release.WithdrawnAt is { } withdrawn
                ? $"withdrawn {Numbers.Time(withdrawn)} by {release.WithdrawnBy}"
                    + (release.WithdrawnReason is { } reason ? $" ({reason})" : "")
                : "",
            release.OverriddenAt is { } overridden ? Overridden(overridden, release.OverriddenBy, release.OverrideReason)
                : release.WithdrawnAt is null ? release.RefusedReason ?? "" : "",
        ];
        return string.Join("; ", notes.Where(note => note.Length > 0));
    }

    static string Overridden(DateTimeOffset at, string? by, string? reason) =>
        $"published although refused, {Numbers.Time(at)} by {by} ({reason})";

    static Dictionary<string, long> Counts(ReleaseCounts counts) => new()
    {
        ["users"] = counts.Users,
        ["recommendations"] = counts.Recommendations,
        ["again"] = counts.Again,
        ["similar"] = counts.Similar,
        ["popular"] = counts.Popular,
        ["items"] = counts.Items,
    };

    static RunRow Row(RunRecord run, GuardVerdict verdict) => new(
        run.RunId,
        run.Recommender,
        run.JobPath,
        Word(run.State),
        run.TriggeredBy,
        run.AsOf,
        run.StartedAt,
        run.FinishedAt,
        run.ExitCode,
        run.ReleaseId,
        run.Message ?? "",
        [.. run.Stages.Select(stage => new RunStageRow(
            Word(stage.Stage),
            stage.Result is { } result ? Word(result) : stage.Error is null ? "running" : "failed",
            stage.Rows ?? 0,
            stage.Unit ?? "",
            (stage.ElapsedMs ?? 0) / 1000.0,
            stage.Error ?? stage.Note ?? ""))],
        verdict.Rules,
        run.OverriddenAt is { } at ? Overridden(at, run.OverriddenBy, run.OverrideReason) : "");

    /// <summary>Writes the name of an enum member as people read it: <c>DryRun</c> as <c>dry-run</c>.</summary>
    static string Word(string name) =>
        string.Concat(name.Select((c, n) => char.IsUpper(c) ? $"{(n == 0 ? "" : "-")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
