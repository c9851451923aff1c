using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>Valid values for tests that do not care which.</summary>
static class Some
{
    /// <summary>Text that breaks what is quoted, trimmed, folded, parsed as a number or cut by code unit; sorted by UTF-8 bytes.</summary>
    public static readonly string[] NastyTexts = Sorted(
        " ", "'; drop table users; --", "\"quoted\"", "007", "7", "-1", "1e3", "A", "a", "a b", "back\\slash", "null", "tab\tand\nline",
        "{internal}", "@userId", "ß", "日本", "\uFFFD", "🎬", "🎬2");

    public static RecommenderSpec Spec(string name = "movies", IdKind kind = IdKind.Int64, bool again = false) =>
        new(name, kind, kind, again);

    /// <summary>Ids of a kind, ascending in the one order.</summary>
    public static IdMap Ids(IdKind kind, int count = 12) => kind switch
    {
        IdKind.Int16 => new IntegerIdMap(kind, [short.MinValue, .. Enumerable.Range(1, count - 2).Select(n => (long)n), short.MaxValue]),
        IdKind.Int32 => new IntegerIdMap(kind, [.. Enumerable.Range(0, count).Select(n => n == count - 1 ? int.MaxValue : (long)n)]),
        IdKind.Int64 => new IntegerIdMap(kind, [.. Enumerable.Range(0, count).Select(n => n == count - 1 ? long.MaxValue : n * 10L)]),
        IdKind.Uuid => new UuidIdMap([.. Enumerable.Range(0, count).Select(n => new Guid($"{n:x8}-0000-4000-8000-ffffffffffff"))]),
        _ => new TextIdMap(NastyTexts[..count]),
    };

    public static ReleaseStart Start(string key = "key", long runId = 1) => new(runId, key, 1_772_000_000_000_000, "recommender: movies\n");

    /// <summary>A list of <paramref name="length"/> items for each user: user u gets items u, u + 1, … with the given score.</summary>
    public static RecommendationBatch Batch(int users, int items, int length, double score)
    {
        var batch = new RecommendationBatch(users * length);
        for (int u = 0; u < users; u++)
            for (int rank = 1; rank <= length; rank++)
            {
                int n = batch.Count++;
                batch.Users[n] = u;
                batch.Ranks[n] = rank;
                batch.Items[n] = (u + rank - 1) % items;
                batch.Scores[n] = score;
                batch.Sources[n] = "als";
                batch.Reasons[n] = rank == 1 ? ReasonCodes.Because : null;
                batch.Because[n] = rank == 1 ? u % items : -1;
            }
        return batch;
    }

    /// <summary>Builds a complete release in which every score is <paramref name="score"/>; the last user has no list.</summary>
    public static async Task<long> ReleaseAsync(
        ReleaseStore store, string name, IdMap users, IdMap items, double score = 1, string key = "key", int length = 3)
    {
        var at = new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero);
        await using var writer = await store.BeginAsync(name, Start(key), users, items, at, CancellationToken.None);
        var batch = Batch(users.Count - 1, items.Count, length, score);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, batch, CancellationToken.None);
        var similar = new SimilarItem(0, 1, 1, score, "als");
        await writer.WriteSimilarAsync([similar, similar with { Rank = 2, Similar = 2 }], CancellationToken.None);
        await writer.WritePopularAsync(
            [
                .. Enumerable.Range(0, 4).Select(n => new PopularItem("all", "popular", n + 1, n, score)),
                new PopularItem("drama", "popular", 1, 3, score),
                new PopularItem("all", "trending", 1, 2, score),
            ],
            CancellationToken.None);
        await writer.WriteItemsAsync([new ItemStatistics(0, 5, score, 0.25, 3)], CancellationToken.None);
        await writer.CompleteAsync("""{"ndcg": 0.25}""", CancellationToken.None);
        return writer.ReleaseId;
    }

    static string[] Sorted(params string[] texts)
    {
        Array.Sort(texts, TextIdMap.Order);
        return texts;
    }
}
