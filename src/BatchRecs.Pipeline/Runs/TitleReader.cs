using BatchRecs.Core.Data;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;
using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Looks up titles of a few items in the warehouse, for people who read lists.</summary>
public static class TitleReader
{
    /// <summary>Reads titles.</summary>
    /// <param name="job">The job; its <c>items</c> says where titles are.</param>
    /// <param name="projectRoot">The folder that paths in the job are relative to.</param>
    /// <param name="warehouse">The store of the item table.</param>
    /// <param name="kind">Type of the item ids.</param>
    /// <param name="ids">Ids as text.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>Titles by id; items without a title are missing.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        RefreshJob job, string projectRoot, Database warehouse, IdKind kind, IEnumerable<string> ids, CancellationToken token)
    {
        var titles = new Dictionary<string, string>();
        if (new ExtractPlans(job, projectRoot).Items() is not { Title: not null } source)
            return titles;
        var items = IdMap.Of(kind, ids);
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var catalog = await ItemReader.ReadAsync(session, source, items, token);
        for (int item = 0; item < items.Count; item++)
            if (catalog.Titles[item] is { } title)
                titles[items.ToText(item)] = title;
        return titles;
    }
}
