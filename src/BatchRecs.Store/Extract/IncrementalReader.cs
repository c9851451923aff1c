using System.Diagnostics;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Reads the rows that are new or changed and joins them with those that the last extract kept.</summary>
public static class IncrementalReader
{
    /// <summary>A nightly run that begins a little earlier than the week before is late enough for its full extract.</summary>
    static readonly TimeSpan EarlyBy = TimeSpan.FromHours(1);

    /// <summary>Reads the events inside the window.</summary>
    /// <param name="session">The warehouse; all sources are read at the same moment of it.</param>
    /// <param name="request">What to read; every source has <see cref="EventSource.Changes"/>.</param>
    /// <param name="incremental">What is known from the last extract.</param>
    /// <param name="progress">Receives the number of rows read; may be null.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <returns>The snapshot, what came of the rows, and why all were read if they were.</returns>
    /// <exception cref="InputDataException">
    /// A source cannot be read, has too many bad rows or rows without a key of their own, or there is no event at all.
    /// </exception>
    /// <exception cref="StoreException">The warehouse failed.</exception>
    public static async Task<IncrementalExtract> ReadAsync(
        SourceSession session,
        ExtractRequest request,
        IncrementalRequest incremental,
        IProgress<StageProgress>? progress,
        CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        var rows = await ReadRowsAsync(session, request, incremental, progress, token);
        var (snapshot, report) = await InteractionReader.FinishAsync(rows.Snapshot, rows.Reports, started, token);
        return new IncrementalExtract(snapshot, report, rows.FullBecause, rows.Since);
    }

    /// <summary>Reads and keeps the rows; when it returns, nothing holds the stored ones any more.</summary>
    static async Task<Rows> ReadRowsAsync(
        SourceSession session,
        ExtractRequest request,
        IncrementalRequest incremental,
        IProgress<StageProgress>? progress,
        CancellationToken token)
    {
        var bound = await InteractionReader.BindAllAsync(session, request.Sources, token);
        string[] shapes = [.. bound.Select(columns => Shape(session, columns))];
        // Reading and keeping large files looks at no token; whoever cancels does not wait for it.
        var (stored, because) = await Task.Run(incremental.Load, token).WaitAsync(token);
        because ??= Obstacle(request, incremental, stored, shapes);
        var pass = new ExtractPass(session, request, bound, because is null ? stored : null, incremental.CountsRows);
        if (because is null)
        {
            because = await pass.TryReadAsync(progress, token);
            if (because is not null)
            {
                request.Rejected.Clear();
                pass = new ExtractPass(session, request, bound, stored: null, countsRows: false);
            }
        }
        if (because is not null)
            await pass.TryReadAsync(progress, token);

        // A backfill must not take away what the nightly run goes on with. Any other run goes by the clock or by the newest event, and
        // where these have gone back, what is stored would never do again.
        if (stored is null || stored.Until <= request.Until || !incremental.IsBackfill)
            await Task.Run(
                () => incremental.Keep(pass.Finish(shapes, because is null ? stored!.FullAt : request.Now, incremental.Forgotten)),
                token).WaitAsync(token);
        return new Rows(pass.Snapshot, pass.Reports, because, pass.Since);
    }

    /// <summary>Rows of another database, or of columns that mean something else now, are other rows.</summary>
    static string Shape(SourceSession session, BoundColumns columns) =>
        $"{session.Place}: {string.Join(", ", columns.All.Select(column => column?.TypeName ?? "-"))}";

    static string? Obstacle(ExtractRequest request, IncrementalRequest incremental, StoredEvents? stored, string[] shapes)
    {
        if (stored is null)
            return "nothing is stored yet";
        if (request.Until < stored.Until)
            return $"as-of is earlier than that of the stored rows, {MicrosecondTime.ToText(stored.Until)}";
        for (int n = 0; n < shapes.Length; n++)
            if (stored.Sources[n].Shape != shapes[n])
                return $"{request.Sources[n].Label}: the columns have other types than before, or the database is another one";
        var age = TimeSpan.FromMicroseconds(request.Now - stored.FullAt);
        if (age < TimeSpan.Zero)
            return $"the last full extract is of {MicrosecondTime.ToText(stored.FullAt)}, later than now: the clock was ahead";
        return age < incremental.FullEvery - EarlyBy ? null : string.Create(
            CultureInfo.InvariantCulture, $"the last full extract is {age.TotalDays:0.#} days old (incremental.fullEvery)");
    }

    sealed record Rows(SnapshotBuilder Snapshot, List<SourceReport> Reports, string? FullBecause, IReadOnlyList<string> Since);
}
