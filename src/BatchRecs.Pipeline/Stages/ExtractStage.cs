using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Privacy;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Reads events, items and exclusions out of the warehouse, all as of one moment, read-only.</summary>
/// <param name="warehouse">Where events come from.</param>
/// <param name="forgotten">Who may not be in what is read.</param>
/// <param name="stored">What the last run kept for this one; null = everything is read and nothing kept.</param>
public sealed class ExtractStage(Database warehouse, ForgottenUsers forgotten, StoredEventsFolder? stored = null)
{
    /// <summary>Runs the stage.</summary>
    public async Task<StageOutput<ExtractedData>> RunAsync(ExtractPlan plan, IProgress<StageProgress>? progress, CancellationToken token)
    {
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var (all, report, how) = await ReadAsync(session, plan.Request, progress, token);
        var (snapshot, leftOut) = await UsersLeftOut.ApplyAsync(session, plan.OptedOut, forgotten, all, token);
        var catalog = plan.Items is null
            ? ItemCatalog.Empty(snapshot.Items.Count)
            : await ItemReader.ReadAsync(session, plan.Items, snapshot.Items, token);
        var exclusions = await ExclusionReader.ReadAsync(session, plan.ExcludedItems, plan.ExcludedPairs, snapshot, token);
        var segments = plan.Segments is null ? null : await SegmentReader.ReadAsync(session, plan.Segments, snapshot.Users, token);
        var hashes = await Task.Run(() => ExtractHashes.Of(snapshot, catalog, exclusions, segments), token).WaitAsync(token);
        return new StageOutput<ExtractedData>(
            new ExtractedData(snapshot, catalog, exclusions, report, hashes) { Segments = segments },
            report.RowsRead - report.Stored,
            "rows",
            how + Note(snapshot, report, catalog, exclusions, leftOut));
    }

    async Task<(Snapshot Snapshot, ExtractReport Report, string How)> ReadAsync(
        SourceSession session, ExtractRequest request, IProgress<StageProgress>? progress, CancellationToken token)
    {
        if (stored is null)
        {
            var (snapshot, report) = await InteractionReader.ReadAsync(session, request, progress, token);
            return (snapshot, report, "");
        }
        var extract = await IncrementalReader.ReadAsync(session, request, stored.Open(await forgotten.LoadAsync(token)), progress, token);
        return (extract.Snapshot, extract.Report, How(extract));
    }

    static string How(IncrementalExtract extract) => extract.FullBecause is { } because
        ? $"full: {because}; "
        : string.Create(
            CultureInfo.InvariantCulture,
            $"incremental: {extract.Report.RowsRead - extract.Report.Stored:N0} rows read since "
            + $"{string.Join(", ", extract.Since.Distinct())}, {extract.Report.Stored:N0} kept; ");

    static string Note(Snapshot snapshot, ExtractReport report, ItemCatalog catalog, ExclusionLists exclusions, UsersLeftOut leftOut)
    {
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{snapshot.Interactions.Count:N0} events, {snapshot.Users.Count:N0} users, {snapshot.Items.Count:N0} items");
        if (report.BadRows > 0)
            note = string.Create(CultureInfo.InvariantCulture, $"{note}, {report.BadRows:N0} bad rows");
        note += leftOut.Note;
        if (catalog.LongCategories > 0)
            note = string.Create(CultureInfo.InvariantCulture, $"{note}, too long categories left out: {catalog.LongCategories:N0}");
        return exclusions.UnknownRows == 0
            ? note
            : string.Create(CultureInfo.InvariantCulture, $"{note}, {exclusions.UnknownRows:N0} excluded rows without events");
    }
}
