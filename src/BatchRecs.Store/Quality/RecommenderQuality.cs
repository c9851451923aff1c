using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Quality;

/// <summary>How one recommender's releases did, night by night, and what their lists look like; kept when releases are removed.</summary>
/// <remarks>Every method throws <see cref="StoreException"/> if the store refuses.</remarks>
/// <param name="database">The serving store; its migrations are applied.</param>
/// <param name="recommender">Name of the recommender.</param>
public sealed class RecommenderQuality(Database database, string recommender)
{
    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Keeps how a release did up to a night; the same night once more replaces what it had.</summary>
    /// <param name="score">The score.</param>
    /// <param name="token">Cancels; nothing is kept then.</param>
    public Task SaveAsync(NightScore score, CancellationToken token) => ExecuteAsync(
        "quality/save_score",
        new
        {
            recommender,
            releaseId = score.ReleaseId,
            asOf = score.AsOf,
            runId = score.RunId,
            since = score.Report.Since,
            until = score.Report.Until,
            report = JsonSerializer.Serialize(score.Report, JsonSerializerOptions.Web),
        },
        token);

    /// <summary>Lists the nights, the newest first.</summary>
    /// <param name="limit">At most so many, from 1.</param>
    /// <param name="token">Cancels.</param>
    public async Task<IReadOnlyList<NightScore>> ListAsync(int limit, CancellationToken token) =>
        [.. (await QueryAsync<ScoreRow>("quality/list_scores", new { recommender, limit }, token)).Select(row => new NightScore(
            row.ReleaseId, row.AsOf, row.RunId, JsonSerializer.Deserialize<PrequentialReport>(row.Report, JsonSerializerOptions.Web)!))];

    /// <summary>Lists the releases that have been scored.</summary>
    public async Task<IReadOnlyList<long>> ScoredReleasesAsync(CancellationToken token) =>
        await QueryAsync<long>("quality/list_scored", new { recommender }, token);

    /// <summary>Tells how many of the newest nights in a row the served lists did worse than recent popularity.</summary>
    /// <param name="nights">The nights, the newest first.</param>
    public static int NightsBelow(IReadOnlyList<NightScore> nights) => nights
        .TakeWhile(night => night.Report.At[0].Metrics[RankingMetric.Ndcg].Difference.Estimate < 0)
        .DistinctBy(night => night.AsOf)
        .Count();

    /// <summary>Keeps the figures of a release; new ones replace what it had.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="token">Cancels; nothing is kept then.</param>
    public Task SaveAsync(MonitoredRelease figures, CancellationToken token) => ExecuteAsync(
        "quality/save_figures",
        new
        {
            recommender,
            releaseId = figures.ReleaseId,
            runId = figures.RunId,
            at = figures.MeasuredAt,
            report = JsonSerializer.Serialize(figures.Report, JsonSerializerOptions.Web),
        },
        token);

    /// <summary>Lists the figures of releases, the newest release first.</summary>
    /// <param name="limit">At most so many, from 1.</param>
    /// <param name="token">Cancels.</param>
    public async Task<IReadOnlyList<MonitoredRelease>> FiguresAsync(int limit, CancellationToken token) =>
        [.. (await QueryAsync<FiguresRow>("quality/list_figures", new { recommender, limit }, token)).Select(row => new MonitoredRelease(
            row.ReleaseId, row.RunId, row.MeasuredAt, JsonSerializer.Deserialize<MonitorReport>(row.Report, JsonSerializerOptions.Web)!))];

    /// <summary>Tells whether the figures of a release are kept already.</summary>
    public async Task<bool> HasFiguresAsync(long releaseId, CancellationToken token) =>
        (await QueryAsync<long>("quality/has_figures", new { recommender, releaseId }, token)).Single() > 0;

    Task<List<T>> QueryAsync<T>(string statement, object arguments, CancellationToken token) => database.Retry.RunAsync(
        statement,
        async () =>
        {
            await using var session = await database.StartAsync(readOnly: true, token);
            return await session.QueryAsync<T>(new Statement(statement, _tokens, arguments), token);
        },
        token);

    /// <summary>Runs a statement that may be repeated to the same effect.</summary>
    Task<int> ExecuteAsync(string statement, object arguments, CancellationToken token) => database.Retry.RunAsync(
        statement,
        async () =>
        {
            await using var session = await database.StartAsync(readOnly: false, token);
            return await session.ExecuteAsync(new Statement(statement, _tokens, arguments), token);
        },
        token);

    sealed record FiguresRow
    {
        public long ReleaseId { get; init; }

        public long RunId { get; init; }

        public DateTimeOffset MeasuredAt { get; init; }

        public string Report { get; init; } = "";
    }

    sealed record ScoreRow
    {
        public long ReleaseId { get; init; }

        public DateTimeOffset AsOf { get; init; }

        public long RunId { get; init; }

        public string Report { get; init; } = "";
    }
}

/// <summary>How a release did up to one night.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="AsOf">The night: up to when the run that scored it counts events.</param>
/// <param name="RunId">That run.</param>
/// <param name="Report">The figures.</param>
public sealed record NightScore(long ReleaseId, DateTimeOffset AsOf, long RunId, PrequentialReport Report);

/// <summary>What the lists of a release look like.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="MeasuredAt">When it was looked at.</param>
/// <param name="Report">The figures.</param>
public sealed record MonitoredRelease(long ReleaseId, long RunId, DateTimeOffset MeasuredAt, MonitorReport Report);
