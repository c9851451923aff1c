using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Reads lists as applications would, and adds titles for people.</summary>
sealed class ServingQueries(ProjectContext project, ILoggerFactory loggers)
{
    public async Task<RecommendationListView> RecommendAsync(string path, string userId, int count, CancellationToken token)
    {
        var job = JobFile.Load(path, project.Root);
        await using var serving = project.OpenServing(job, loggers);
        var reader = new ServingReader(serving);
        var rows = await reader.RecommendationsAsync(job.Job.Recommender, userId, count, "all", token);
        if (rows.Count == 0)
            throw new ConfigurationException($"{job.Job.Recommender} has no current release. batchrecs run {job.Path} makes one.");
        var titles = await TitlesAsync(
            job, new ReleaseStore(serving), rows.SelectMany(row => new[] { row.ItemId, row.BecauseItemId }), token);
        bool isOwn = await reader.HasListAsync(job.Job.Recommender, userId, token);
        return new RecommendationListView(job.Job.Recommender, userId, rows[0].ReleaseId, isOwn, [.. rows.Select(row => Row(row, titles))]);
    }

    public async Task<IReadOnlyList<RecommendationRow>> AgainAsync(string path, string userId, int count, CancellationToken token)
    {
        var job = JobFile.Load(path, project.Root);
        await using var serving = project.OpenServing(job, loggers);
        var rows = await new ServingReader(serving).AgainAsync(job.Job.Recommender, userId, count, token);
        var titles = await TitlesAsync(job, new ReleaseStore(serving), rows.Select(row => row.ItemId), token);
        return [.. rows.Select(row => Row(row, titles))];
    }

    public async Task<SimilarListView> SimilarAsync(string path, string itemId, int count, CancellationToken token)
    {
        var job = JobFile.Load(path, project.Root);
        await using var serving = project.OpenServing(job, loggers);
        var rows = await new ServingReader(serving).SimilarAsync(job.Job.Recommender, itemId, count, token);
        if (rows.Count == 0)
            throw new ConfigurationException(
                $"{job.Job.Recommender} has no similar items for '{itemId}': the item is unknown, too rare, or there is no release yet.");
        var titles = await TitlesAsync(job, new ReleaseStore(serving), rows.Select(row => row.ItemId).Append(itemId), token);
        return new SimilarListView(
            job.Job.Recommender,
            itemId,
            titles.GetValueOrDefault(itemId),
            rows[0].ReleaseId,
            [.. rows.Select(row => new SimilarRow(row.Rank, row.ItemId, titles.GetValueOrDefault(row.ItemId), row.Score, row.Source))]);
    }

    static RecommendationRow Row(ServedRecommendation row, IReadOnlyDictionary<string, string> titles) => new(
        row.Rank,
        row.ItemId,
        titles.GetValueOrDefault(row.ItemId),
        row.Score,
        row.Source,
        row.ReasonCode,
        row.BecauseItemId,
        row.BecauseItemId is { } because ? titles.GetValueOrDefault(because) : null);

    async Task<IReadOnlyDictionary<string, string>> TitlesAsync(
        LoadedJob job, ReleaseStore releases, IEnumerable<string?> ids, CancellationToken token)
    {
        var spec = await releases.FindRecommenderAsync(job.Job.Recommender, token);
        await using var warehouse = project.OpenWarehouse(job, loggers);
        return await TitleReader.ReadAsync(job.Job, project.Root, warehouse, spec!.ItemKind, ids.OfType<string>(), token);
    }
}
