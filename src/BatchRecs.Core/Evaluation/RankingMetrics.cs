using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>Works out the metrics of lists against the test items: full lists over the full catalogue, no sampling.</summary>
public static class RankingMetrics
{
    /// <summary>Works out all metrics of all users at several list lengths from one set of lists.</summary>
    /// <param name="lists">List n belongs to user n of <paramref name="truth"/>; best first, without repeats.</param>
    /// <param name="truth">The test items.</param>
    /// <param name="at">The list lengths, each at least 1.</param>
    /// <returns>One entry per list length, in the order given.</returns>
    /// <exception cref="ArgumentException">The lists are not those of the users of the truth.</exception>
    public static UserMetrics[] Of(CandidateBlock lists, TestTruth truth, IReadOnlyList<int> at)
    {
        CheckUsers(lists, truth);
        UserMetrics[] metrics = [.. at.Select(length => new UserMetrics(length, truth.UserCount))];
        var discounts = new Discounts(at.Max());
        bool[] hits = new bool[at.Max()];
        for (int n = 0; n < truth.UserCount; n++)
        {
            var items = lists.ItemsOf(n);
            var wanted = truth.Of(n);
            int shown = Math.Min(items.Length, hits.Length);
            for (int k = 0; k < shown; k++)
                hits[k] = wanted.BinarySearch(items[k]) >= 0;
            foreach (var metric in metrics)
                Fill(metric, n, hits.AsSpan(0, Math.Min(shown, metric.At)), wanted.Length, discounts);
        }
        return metrics;
    }

    /// <summary>Checks that list n is that of user n of the truth, as far as the numbers tell.</summary>
    internal static void CheckUsers(CandidateBlock lists, TestTruth truth)
    {
        if (lists.UserCount != truth.UserCount)
            throw new ArgumentException($"{lists.UserCount} lists for {truth.UserCount} test users: one list per test user is needed.");
    }

    static void Fill(UserMetrics metrics, int n, ReadOnlySpan<bool> hits, int wanted, Discounts discounts)
    {
        int found = 0, first = 0;
        double gain = 0, precisions = 0;
        for (int k = 0; k < hits.Length; k++)
        {
            if (!hits[k])
                continue;
            found++;
            if (first == 0)
                first = k + 1;
            gain += discounts.At(k + 1);
            precisions += (double)found / (k + 1);
        }

        int reachable = Math.Min(metrics.At, wanted);
        metrics.Of(RankingMetric.Precision)[n] = (double)found / metrics.At;
        metrics.Of(RankingMetric.Recall)[n] = (double)found / wanted;
        metrics.Of(RankingMetric.RecallMin)[n] = (double)found / reachable;
        metrics.Of(RankingMetric.HitRate)[n] = found > 0 ? 1 : 0;
        metrics.Of(RankingMetric.Ndcg)[n] = gain / discounts.Sum(reachable);
        metrics.Of(RankingMetric.AveragePrecision)[n] = precisions / reachable;
        metrics.Of(RankingMetric.ReciprocalRank)[n] = first == 0 ? 0 : 1.0 / first;
    }
}
