using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Similarities;

namespace BatchRecs.Core.Evaluation;

/// <summary>What is known of items and of users' histories when lists are looked at: all of it from before the test period.</summary>
/// <param name="History">Users × items that they had to do with in training.</param>
/// <param name="Catalogue">How well known the items are.</param>
/// <param name="Similarity">What items have in common; null = nothing is known.</param>
/// <param name="Categories">The categories of the items; null = there are none.</param>
public sealed record ListBackground(
    SparseMatrix History, CataloguePopularity Catalogue, ItemSimilarity? Similarity, ItemCatalog? Categories)
{
    /// <summary>Returns the items that a user took; those that the user does not want, with a target of 0, say nothing of taste.</summary>
    public ReadOnlySpan<int> Taken(int user)
    {
        var items = History.Columns(user);
        if (History.Targets is null)
            return items;
        var targets = History.RowTargets(user);
        var taken = new List<int>(items.Length);
        for (int n = 0; n < items.Length; n++)
            if (targets[n] > 0)
                taken.Add(items[n]);
        return taken.ToArray();
    }
}

/// <summary>Looks at lists beyond hits: diversity, serendipity, calibration, ties.</summary>
/// <param name="background">What is known from training.</param>
public sealed class ListAnalysis(ListBackground background)
{
    /// <summary>Works out the figures of lists, cut at <paramref name="at"/> ranks.</summary>
    /// <param name="lists">List n belongs to user n of <paramref name="truth"/>.</param>
    /// <param name="truth">The test items.</param>
    /// <param name="at">How many ranks count, at least 1.</param>
    /// <remarks>O(lists · N · dimensions): the cosines of all pairs follow from the length of the sum of unit vectors.</remarks>
    public ListQuality Of(CandidateBlock lists, TestTruth truth, int at)
    {
        RankingMetrics.CheckUsers(lists, truth);
        return new ListQuality
        {
            Similarity = background.Similarity?.Basis,
            Diversity = background.Similarity is { } similarity ? Diversity(lists, at, similarity) : null,
            Serendipity = background.Similarity is { } alike ? Serendipity(lists, truth, at, alike) : null,
            Miscalibration = background.Categories is { } categories ? Miscalibration(lists, truth, at, categories) : null,
            TiesAtCut = at < lists.Capacity ? TiesAtCut(lists, at) : null,
        };
    }

    static double? Diversity(CandidateBlock lists, int at, ItemSimilarity similarity)
    {
        double[] sum = new double[similarity.Dimensions];
        double total = 0;
        int counted = 0;
        for (int n = 0; n < lists.UserCount; n++)
        {
            var items = Cut(lists, n, at);
            if (items.Length < 2)
                continue;
            Array.Clear(sum);
            double own = 0, all = 0;
            foreach (int item in items)
                own += similarity.AddTo(item, sum);
            foreach (double x in sum)
                all += x * x;
            // |Σ v|² counts every pair twice and every vector once.
            total += 1 - ((all - own) / ((double)items.Length * (items.Length - 1)));
            counted++;
        }
        return counted == 0 ? null : total / counted;
    }

    double? Serendipity(CandidateBlock lists, TestTruth truth, int at, ItemSimilarity similarity)
    {
        double total = 0;
        int hits = 0;
        for (int n = 0; n < lists.UserCount; n++)
        {
            var wanted = truth.Of(n);
            foreach (int item in Cut(lists, n, at))
            {
                if (wanted.BinarySearch(item) < 0)
                    continue;
                hits++;
                if (background.Catalogue.Ranks[item] < at)
                    continue;
                double closest = 0;
                foreach (int known in background.Taken(truth.Users[n]))
                    closest = Math.Max(closest, similarity.Of(item, known));
                total += 1 - closest;
            }
        }
        return hits == 0 ? null : total / hits;
    }

    double? Miscalibration(CandidateBlock lists, TestTruth truth, int at, ItemCatalog categories)
    {
        double[] p = new double[categories.CategoryNames.Length];
        double[] q = new double[p.Length];
        double total = 0;
        int counted = 0;
        for (int n = 0; n < lists.UserCount; n++)
            if (categories.TrySpread(background.Taken(truth.Users[n]), p) && categories.TrySpread(Cut(lists, n, at), q))
            {
                total += Calibration.Divergence(p, q);
                counted++;
            }
        return counted == 0 ? null : total / counted;
    }

    static double TiesAtCut(CandidateBlock lists, int at)
    {
        int ties = 0;
        for (int n = 0; n < lists.UserCount; n++)
            if (lists.Lengths[n] > at && lists.ScoresOf(n)[at - 1] == lists.ScoresOf(n)[at])
                ties++;
        return (double)ties / lists.UserCount;
    }

    static ReadOnlySpan<int> Cut(CandidateBlock lists, int n, int at) => lists.ItemsOf(n)[..Math.Min(at, lists.Lengths[n])];
}
