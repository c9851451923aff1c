using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Reads events, items and exclusions out of the warehouse, all as of one moment, read-only.</summary>
public sealed class ExtractStage(Database warehouse)
{
    /// <summary>Runs the stage.</summary>
    public async Task<StageOutput<ExtractedData>> RunAsync(ExtractPlan plan, IProgress<StageProgress>? progress, CancellationToken token)
    {
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var (snapshot, report) = await InteractionReader.ReadAsync(session, plan.Request, progress, token);
        var catalog = plan.Items is null
            ? ItemCatalog.Empty(snapshot.Items.Count)
            : await ItemReader.ReadAsync(session, plan.Items, snapshot.Items, token);
        var exclusions = await ExclusionReader.ReadAsync(session, plan.ExcludedItems, plan.ExcludedPairs, snapshot, token);
        return new StageOutput<ExtractedData>(
            new ExtractedData(snapshot, catalog, exclusions, report, ExtractHashes.Of(snapshot, catalog, exclusions)),
            report.RowsRead,
            "rows",
            Note(snapshot, report, catalog, exclusions));
    }

    static string Note(Snapshot snapshot, ExtractReport report, ItemCatalog catalog, ExclusionLists exclusions)
    {
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{snapshot.Interactions.Count:N0} events, {snapshot.Users.Count:N0} users, {snapshot.Items.Count:N0} items");
        if (report.BadRows > 0)
            note = string.Create(CultureInfo.InvariantCulture, $"{note}, {report.BadRows:N0} bad rows");
        if (catalog.LongCategories > 0)
            note = string.Create(CultureInfo.InvariantCulture, $"{note}, too long categories left out: {catalog.LongCategories:N0}");
        return exclusions.UnknownRows == 0
            ? note
            : string.Create(CultureInfo.InvariantCulture, $"{note}, {exclusions.UnknownRows:N0} excluded rows without events");
    }
}
