using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Reads the events of all sources of a recommender into one snapshot.</summary>
public static class InteractionReader
{
    const int RowsPerReport = 1 << 16;

    /// <summary>Reads the events inside the window.</summary>
    /// <param name="session">The warehouse; all sources are read at the same moment of it.</param>
    /// <param name="request">What to read.</param>
    /// <param name="progress">Receives the number of rows read; may be null.</param>
    /// <param name="token">Ends the reading early.</param>
    /// <returns>The snapshot, and what came of the rows.</returns>
    /// <exception cref="InputDataException">A source cannot be read, has too many bad rows, or there is no event at all.</exception>
    /// <exception cref="StoreException">The warehouse failed.</exception>
    /// <remarks>The snapshot does not depend on the order in which the store sends rows.</remarks>
    public static async Task<(Snapshot Snapshot, ExtractReport Report)> ReadAsync(
        SourceSession session, ExtractRequest request, IProgress<StageProgress>? progress, CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        var bound = await BindAllAsync(session, request.Sources, token);
        var builder = Begin(request, bound);
        var reports = new List<SourceReport>();
        for (int n = 0; n < bound.Length; n++)
        {
            var (source, columns) = (request.Sources[n], bound[n]);
            var collector = new EventCollector(source, columns, request, builder);
            long before = reports.Sum(report => report.RowsRead);
            await RunAsync(session, source.Label, async () =>
            {
                await using var rows = await session.ReadEventsAsync(source, columns, request, token);
                return await CollectAsync(rows, collector, keeper: null, before, source.Label, progress, token);
            }, () => collector.Rows);
            reports.Add(collector.Report());
            RefuseTooManyBadRows(reports[^1], request);
        }
        await RefuseNothingAsync(session, request, builder, reports, token);
        return await FinishAsync(builder, reports, started, token);
    }

    /// <summary>Starts a snapshot that takes the ids of all sources.</summary>
    internal static SnapshotBuilder Begin(ExtractRequest request, BoundColumns[] bound)
    {
        var builder = new SnapshotBuilder(request.EventTypes);
        for (int n = 0; n < bound.Length; n++)
        {
            builder.Users.Declare(bound[n].User.IdKind!.Value, request.Sources[n].Label);
            builder.Items.Declare(bound[n].Item.IdKind!.Value, request.Sources[n].Label);
        }
        return builder;
    }

    /// <summary>Makes the snapshot and says what came of the rows.</summary>
    internal static async Task<(Snapshot Snapshot, ExtractReport Report)> FinishAsync(
        SnapshotBuilder builder, List<SourceReport> reports, long started, CancellationToken token)
    {
        // Sorting ids looks at no token; whoever cancels does not wait for it.
        var snapshot = await Task.Run(builder.Build, token).WaitAsync(token);
        return (snapshot, new ExtractReport
        {
            Sources = reports,
            Oldest = snapshot.Interactions.Times.Min(),
            Newest = snapshot.DataUntil,
            Elapsed = Stopwatch.GetElapsedTime(started),
        });
    }

    /// <summary>Finds the newest event of all sources that is not later than the wall clock.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="now">The wall clock, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>Microseconds since 1970-01-01 UTC, or null if there is no such event.</returns>
    /// <exception cref="InputDataException">A source cannot be read.</exception>
    public static async Task<long?> LatestEventAsync(
        SourceSession session, IReadOnlyList<EventSource> sources, long now, CancellationToken token)
    {
        var bound = await BindAllAsync(session, sources, token);
        long? latest = null;
        for (int n = 0; n < bound.Length; n++)
            if (await LatestOfAsync(session, sources[n], bound[n], now, token) is { } time && !(time <= latest))
                latest = time;
        return latest;
    }

    /// <summary>Finds the columns of all sources.</summary>
    internal static async Task<BoundColumns[]> BindAllAsync(
        SourceSession session, IReadOnlyList<EventSource> sources, CancellationToken token)
    {
        var bound = new List<BoundColumns>();
        var problems = new List<SourceProblem>();
        foreach (var source in sources)
        {
            var (columns, found) = await RunAsync(session, source.Label, () => SourceBinding.BindAsync(session, source, token));
            problems.AddRange(found);
            if (columns is not null)
                bound.Add(columns);
        }
        return problems.Count == 0 ? [.. bound] : throw SourceBinding.Fail(problems);
    }

    /// <summary>Takes all rows of a source but those that are stored already.</summary>
    internal static async Task<long> CollectAsync(
        RowReader rows,
        EventCollector collector,
        RowKeeper? keeper,
        long before,
        string label,
        IProgress<StageProgress>? progress,
        CancellationToken token)
    {
        while (await rows.NextAsync(token))
        {
            if (keeper is not null && keeper.IsStored(rows))
                continue;
            collector.Take(rows);
            if (collector.Rows % RowsPerReport == 0)
                progress?.Report(new StageProgress(before + collector.Rows, 0, "rows", label));
        }
        progress?.Report(new StageProgress(before + collector.Rows, 0, "rows", label));
        return collector.Rows;
    }

    static async Task<long?> LatestOfAsync(
        SourceSession session, EventSource source, BoundColumns columns, long now, CancellationToken token)
    {
        var field = new TimeField(source, columns.Time, ordinal: 0);
        return await RunAsync(session, source.Label, async () =>
        {
            await using var rows = await session.ReadTimesAsync(source, columns, now, token);
            long? latest = null;
            while (await rows.NextAsync(token))
                if (field.Read(rows, out long time) is null && time >= 0 && time <= now && !(time <= latest))
                    latest = time;
            return latest;
        });
    }

    /// <summary>Runs one step of reading; a driver's error becomes one that names the source.</summary>
    /// <param name="session">The warehouse.</param>
    /// <param name="label">What the source is called.</param>
    /// <param name="step">The step.</param>
    /// <param name="rows">How many rows it has read so far; null where that says nothing.</param>
    internal static async Task<T> RunAsync<T>(SourceSession session, string label, Func<Task<T>> step, Func<long>? rows = null)
    {
        try
        {
            return await step();
        }
        catch (DbException error) when (session.IsInterrupt(error))
        {
            throw new OperationCanceledException($"{label}: the reading was cancelled.", error);
        }
        catch (DbException error)
        {
            throw session.Explain(error, label) switch
            {
                // Without the driver's error: it quotes values, and what is logged or reported must not name users.
                { IsOfData: true } problem => new InputDataException((rows?.Invoke() is { } count and > 0
                    ? problem with { Where = string.Create(CultureInfo.InvariantCulture, $"{label}, after {count:N0} rows") }
                    : problem).ToString()),
                { } problem => new InputDataException(problem.ToString(), error),
                null => new StoreException(
                    $"{label}: the warehouse could not be read: {error.Message}", error, TransientErrors.MayPass(error)),
            };
        }
    }

    /// <summary>Ends the run if too many rows of a source are bad.</summary>
    internal static void RefuseTooManyBadRows(SourceReport report, ExtractRequest request)
    {
        // Rows outside the window are left aside: how many of them are sent depends on the store.
        double share = (double)report.BadCount / Math.Max(report.RowsRead - report.Outside, 1);
        if (share <= request.MaxBadShare)
            return;
        long rows = report.RowsRead - report.Outside;
        string reasons = string.Join(
            ", ", report.Bad.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value:N0} {reason.Key}")));
        string first = string.Concat(report.FirstBad.Select(row => $"{Environment.NewLine}  {row}"));
        throw new InputDataException(
            string.Create(CultureInfo.InvariantCulture, $"{report.Label}: {report.BadCount:N0} of {rows:N0} rows are bad ")
            + $"({Percent(share)}: {reasons}); at most {Percent(request.MaxBadShare)} are allowed. "
            + "Correct them in the warehouse, leave them out with a query, or raise rejects.maxShare; "
            + "batchrecs runs rejected lists them with their users."
            + (first.Length > 0 ? $" The first:{first}" : ""));
    }

    static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    /// <summary>Ends the run if there is no event at all.</summary>
    internal static async Task RefuseNothingAsync(
        SourceSession session, ExtractRequest request, SnapshotBuilder builder, List<SourceReport> reports, CancellationToken token)
    {
        if (builder.Count > 0)
            return;
        long? latest = await LatestEventAsync(session, request.Sources, request.Now, token);
        string newest = latest is { } time
            ? $"The newest event of all sources is of {MicrosecondTime.ToText(time)}."
            : "No source holds any event with a readable time up to now.";
        string days = request.Window.TotalDays.ToString("0.##", CultureInfo.InvariantCulture);
        throw new InputDataException(
            $"No event was found after {MicrosecondTime.ToText(request.From)} and up to as-of {MicrosecondTime.ToText(request.AsOf)} "
            + $"(window {days} d). {string.Join("; ", reports.Select(Describe))}. {newest} "
            + $"Known event types: {string.Join(", ", request.EventTypes)}. Check as-of (asOf: latest-event for data that ended), window, "
            + "the names under events, and that the sources are filled.");
    }

    static string Describe(SourceReport report)
    {
        string unknown = report.UnknownTypes.Count == 0
            ? "none"
            : string.Join(", ", report.UnknownTypes.Select(type => $"{type.Key} ({type.Value} rows)"));
        return $"{report.Label}: {report.Outside} outside the window, {report.BadCount} bad, unknown event types: {unknown}";
    }
}
