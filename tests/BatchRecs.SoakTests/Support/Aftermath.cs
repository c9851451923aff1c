using BatchRecs.Pipeline.Runs;

namespace BatchRecs.SoakTests.Support;

/// <summary>What must hold after a run was disturbed, in whatever way; a violation is a line that says so.</summary>
static class Aftermath
{
    /// <summary>Checks what readers see now, lets an undisturbed run follow, and checks what that leaves.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="hadNoEnd">True = the process was killed: folders that it was writing stay until they are a day old.</param>
    /// <returns>What is wrong; empty if nothing is.</returns>
    public static async Task<List<string>> CheckAsync(SoakShop shop, bool hadNoEnd = false)
    {
        var wrong = new List<string>();
        var seen = await shop.ReadAsync();
        if (!seen.SequenceEqual(shop.Old) && !seen.SequenceEqual(shop.New))
            wrong.Add($"readers see neither the old nor the new release: {seen.Length} rows");

        var next = await shop.TryRunAsync();
        if (next.What is not (nameof(RunState.Published) or nameof(RunState.Unchanged)))
            wrong.Add($"the next run is {next.What}");
        if (!(await shop.ReadAsync()).SequenceEqual(shop.New))
            wrong.Add("the next run's lists are not those of an undisturbed one");

        wrong.AddRange(await LedgerAsync(shop));
        wrong.AddRange(await LeftoversAsync(shop));
        if (!hadNoEnd)
            wrong.AddRange(Folders(shop));
        return wrong;
    }

    static async Task<IEnumerable<string>> LedgerAsync(SoakShop shop)
    {
        var open = await shop.QueryAsync($"select run_id from {shop.Internal("runs")} where state = 'Running' or finished_at is null");
        var silent = await shop.QueryAsync(
            $"select run_id from {shop.Internal("runs")} where state = 'Failed' and message is null");
        return open.Select(run => $"run {run} has no end in the ledger")
            .Concat(silent.Select(run => $"run {run} failed, and the ledger does not say why"));
    }

    static async Task<IEnumerable<string>> LeftoversAsync(SoakShop shop)
    {
        var unfinished = await shop.QueryAsync($"select release_id, state from {shop.Internal("releases")} where state <> 'built'");
        var current = await shop.QueryAsync(
            $"select release_id from {shop.Internal("releases")} where published_at is not null and retired_at is null");
        var orphans = await shop.QueryAsync(shop.Server.Orphans);
        return unfinished.Select(release => $"release {release} is left over")
            .Concat(current.Count == 1 ? [] : [$"{current.Count} releases are current"])
            .Concat(orphans.Select(orphan => $"rows or tables of no release: {orphan}"));
    }

    static IEnumerable<string> Folders(SoakShop shop) =>
        Directory.EnumerateDirectories(shop.InFolder(".batchrecs"), ".tmp-*", SearchOption.AllDirectories)
            .Select(folder => $"folder {folder} is left over");
}
