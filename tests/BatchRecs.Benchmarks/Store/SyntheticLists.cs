using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Benchmarks.Store;

/// <summary>Lists with the look of a real night: mostly als, some recent popularity, reasons for the first ten ranks.</summary>
/// <param name="userCount">Users.</param>
/// <param name="count">Rows per user.</param>
/// <param name="textIds">True = ids are text of ten characters.</param>
sealed class SyntheticLists(int userCount, int count, bool textIds)
{
    const int ItemCount = 27_278;
    const int BlockUsers = 2_048;
    const int Explained = 10;
    const int EveryRecent = 7;

    /// <summary>Gets the users' ids, from 1.</summary>
    public IdMap Users { get; } = Ids(userCount, textIds);

    /// <summary>Gets the items' ids, from 1.</summary>
    public IdMap Items { get; } = Ids(ItemCount, textIds);

    /// <summary>Gets how many rows there are.</summary>
    public long Rows => (long)userCount * count;

    /// <summary>Makes the lists in blocks, as precompute does.</summary>
    public IEnumerable<RecommendationBatch> Blocks()
    {
        for (int start = 0; start < userCount; start += BlockUsers)
            yield return Block(start, Math.Min(BlockUsers, userCount - start));
    }

    /// <summary>Makes statistics of all items.</summary>
    public ItemStatistics[] Statistics() => [.. Enumerable.Range(0, Items.Count).Select(item => new ItemStatistics(item, 1, 1, 0.5, 1))];

    RecommendationBatch Block(int firstUser, int users)
    {
        var batch = new RecommendationBatch(users * count) { Count = users * count };
        for (int n = 0; n < batch.Count; n++)
        {
            int user = firstUser + (n / count);
            int rank = (n % count) + 1;
            bool isRecent = rank % EveryRecent == 0;
            bool isExplained = rank <= Explained && !isRecent;
            batch.Users[n] = user;
            batch.Ranks[n] = rank;
            batch.Items[n] = (int)(((user * 37L) + (rank * 211L)) % ItemCount);
            // Full mantissas, as fused scores have: what compresses well would flatter the arrays.
            batch.Scores[n] = 1.0 / (60 + rank) * (1 + (Math.Sin((user * 31.7) + rank) / 1000));
            batch.Sources[n] = isRecent ? "recent" : "als";
            batch.Reasons[n] = isRecent ? ReasonCodes.PopularNow : isExplained ? ReasonCodes.Because : null;
            batch.Because[n] = isExplained ? (int)(((user * 13L) + (rank * 7L)) % ItemCount) : -1;
        }
        return batch;
    }

    static IdMap Ids(int length, bool text) => text
        ? new TextIdMap([.. Enumerable.Range(1, length).Select(n => "id" + n.ToString("D8", CultureInfo.InvariantCulture))])
        : new IntegerIdMap(IdKind.Int32, [.. Enumerable.Range(1, length).Select(n => (long)n)]);
}
