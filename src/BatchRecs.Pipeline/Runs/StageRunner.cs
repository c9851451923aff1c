using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Wraps every stage of one run: ledger row, timing, log scope, progress, typed error, artifact cache.</summary>
public sealed class StageRunner(RunContext run)
{
    /// <summary>How often a stage is computed in all when the store broke off; a stage may take an hour.</summary>
    const int Attempts = 3;

    readonly List<StageReport> _reports = [];

    /// <summary>Gets what the stages did so far, in order.</summary>
    public IReadOnlyList<StageReport> Reports => _reports;

    /// <summary>Runs a stage, or loads what it left when it ran before with the same key.</summary>
    /// <param name="stage">Which stage.</param>
    /// <param name="key">Hash of everything its output depends on; names its artifact.</param>
    /// <param name="artifact">How its output is kept; null = it is computed every time.</param>
    /// <param name="compute">The stage itself.</param>
    /// <param name="token">Ends the stage early.</param>
    public async Task<T> RunAsync<T>(
        StageName stage,
        string key,
        StageArtifact<T>? artifact,
        Func<IProgress<StageProgress>, CancellationToken, Task<StageOutput<T>>> compute,
        CancellationToken token)
        where T : class
    {
        using var scope = run.Logger.BeginScope(new Dictionary<string, object> { ["Stage"] = stage });
        run.Observer.StageStarted(stage);
        await run.Ledger.StageStartedAsync(run.RunId, stage.ToString(), key, run.Clock.GetUtcNow(), token);
        long started = Stopwatch.GetTimestamp();
        var result = StageResult.Loaded;
        StageOutput<T>? output;
        try
        {
            // Reading and writing large files looks at no token; what is given up ends by itself and leaves nothing half done.
            output = artifact is null ? null : await Task.Run(() => LoadAsync(stage, key, artifact), token).WaitAsync(token);
            if (output is null)
            {
                result = StageResult.Computed;
                output = await ComputeAsync(stage, compute, token);
                if (artifact is not null)
                    await Task.Run(() => Save(stage, key, artifact, output), token).WaitAsync(token);
            }
        }
        catch (Exception error)
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            var failure = Translate(stage, error);
            await RecordAsync(new StageEnd(stage.ToString(), key, null, 0, "", elapsed, Error: failure.Message), stage);
            if (!ReferenceEquals(failure, error))
                throw failure;
            throw;
        }
        await FinishAsync(new StageReport(stage, result, output.Rows, output.Unit, Stopwatch.GetElapsedTime(started), output.Note), key);
        return output.Value;
    }

    /// <summary>Records a stage that is not due.</summary>
    public async Task LeaveOutAsync(StageName stage, string note, CancellationToken token)
    {
        run.Observer.StageStarted(stage);
        await run.Ledger.StageStartedAsync(run.RunId, stage.ToString(), "", run.Clock.GetUtcNow(), token);
        await FinishAsync(new StageReport(stage, StageResult.LeftOut, 0, "", TimeSpan.Zero, note), "");
    }

    /// <summary>
    /// Computes a stage; where the connection broke or a standby cancelled the query, the whole stage begins again. What it left half
    /// done is its own to clear away.
    /// </summary>
    async Task<StageOutput<T>> ComputeAsync<T>(
        StageName stage, Func<IProgress<StageProgress>, CancellationToken, Task<StageOutput<T>>> compute, CancellationToken token)
    {
        int attempts = 0;
        var output = await run.Ledger.Retry.RunAsync(
            $"stage {stage}",
            () =>
            {
                attempts++;
                return compute(new StageReporter(run.Observer, stage), token);
            },
            token,
            Attempts);
        return attempts == 1
            ? output
            : output with { Note = $"{output.Note}; succeeded at attempt {attempts}, the store broke off before" };
    }

    /// <summary>Tells the ledger how a stage ended; what it does not hear the log has.</summary>
    async Task RecordAsync(StageEnd end, StageName stage)
    {
        try
        {
            await run.Ledger.StageFinishedAsync(run.RunId, end, run.Clock.GetUtcNow(), CancellationToken.None);
        }
        catch (StoreException lost)
        {
            PipelineLog.StageEndLost(run.Logger, stage, lost.Message);
        }
    }

    async Task<StageOutput<T>?> LoadAsync<T>(StageName stage, string key, StageArtifact<T> artifact) where T : class
    {
        if (!artifact.MayLoad || stage >= run.ComputeFrom)
            return null;
        var reader = run.Artifacts.Open(run.Recommender, Folder(stage), key, out string? damage);
        if (damage is not null)
            PipelineLog.ArtifactDamaged(run.Logger, damage);
        if (reader is null
            || await run.Ledger.Retry.RunAsync($"loading {stage}", () => ReadAsync(artifact, reader), CancellationToken.None)
                is not { } value)
            return null;
        // Models that have seen other days than those of this run would measure or serve what they should not know.
        if (reader.Manifest.DataUntil != artifact.DataUntil(value))
        {
            string until = string.Create(
                CultureInfo.InvariantCulture, $"has seen events until {reader.Manifest.DataUntil}, expected {artifact.DataUntil(value)}");
            PipelineLog.ArtifactDamaged(
                run.Logger, $"{reader.Manifest.Stage} {key} {until} (microseconds since 1970). It is computed again.");
            return null;
        }
        var summary = reader.Manifest.Extra.Deserialize<Summary>(JsonSerializerOptions.Web)!;
        return new StageOutput<T>(value, summary.Rows, summary.Unit, summary.Note);
    }

    /// <summary>An artifact that is whole but cannot be understood, written by another version perhaps, is computed again.</summary>
    async Task<T?> ReadAsync<T>(StageArtifact<T> artifact, ArtifactReader reader) where T : class
    {
        try
        {
            return await artifact.Read(reader);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            PipelineLog.ArtifactDamaged(
                run.Logger, $"{reader.Manifest.Stage} {reader.Manifest.Key}: {error.Message}. It is computed again.");
            return null;
        }
    }

    void Save<T>(StageName stage, string key, StageArtifact<T> artifact, StageOutput<T> output) where T : class
    {
        try
        {
            using var writer = run.Artifacts.Begin(run.Recommender, Folder(stage), key);
            artifact.Write(writer, output.Value);
            writer.Complete(run.Clock.GetUtcNow(), artifact.DataUntil(output.Value), new Summary(output.Rows, output.Unit, output.Note));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ResourceException(
                $"The artifact of {stage} cannot be written: {error.Message.TrimEnd('.')}. Expected: room and rights in the folder of "
                + "artifacts. Nothing was published; mend that and run again: finished stages are kept.",
                error);
        }
    }

    /// <summary>
    /// Tells that a stage is done. What is done is done: neither a cancellation nor a ledger that fails from here on makes a published run
    /// another one.
    /// </summary>
    async Task FinishAsync(StageReport report, string key)
    {
        _reports.Add(report);
        await RecordAsync(
            new StageEnd(report.Stage.ToString(), key, report.Result.ToString(), report.Rows, report.Unit, report.Elapsed, report.Note),
            report.Stage);
        PipelineLog.StageFinished(
            run.Logger, report.Stage, report.Result, report.Rows, report.Unit, report.Elapsed.TotalSeconds, report.Note);
        run.Observer.StageFinished(report);
    }

    /// <summary>Names the machine's limits as such; leaves every other error as it is.</summary>
    static Exception Translate(StageName stage, Exception error) => error switch
    {
        OutOfMemoryException => new ResourceException(
            $"{stage} needs more memory than there is. Fewer factors, a shorter window or a larger machine help; "
            + "batchrecs check says what a run needs.",
            error),
        _ => error,
    };

    static string Folder(StageName stage) => stage.ToString().ToLowerInvariant();

    sealed record Summary(long Rows, string Unit, string Note);
}
