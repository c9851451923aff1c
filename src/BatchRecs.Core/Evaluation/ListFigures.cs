using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>What lists show of the catalogue, whether it is wanted or not. The catalogue is every item with an event in training.</summary>
public sealed record ListFigures
{
    /// <summary>Gets the share of the catalogue that appears in at least one list.</summary>
    public required double Coverage { get; init; }

    /// <summary>Gets the share of the catalogue that appears in at least five lists.</summary>
    public required double CoverageAtLeast5 { get; init; }

    /// <summary>Gets the share of the catalogue that appears in at least twenty lists.</summary>
    public double CoverageAtLeast20 { get; init; }

    /// <summary>Gets the share of the catalogue that appears in at least a hundred lists.</summary>
    public double CoverageAtLeast100 { get; init; }

    /// <summary>Gets the Gini coefficient of the items' appearances, those without any included: 0 = even, near 1 = few items.</summary>
    public required double Gini { get; init; }

    /// <summary>Gets the entropy −Σ q ln q of the appearances, in nats.</summary>
    public required double Entropy { get; init; }

    /// <summary>Gets exp(entropy): with so many items, evenly shown, the entropy would be the same.</summary>
    public required double EffectiveItems { get; init; }

    /// <summary>Gets the mean over lists of the mean surprise −log₂((nᵢ + 1) / (U + 1)) of their items, in bits.</summary>
    public required double Novelty { get; init; }

    /// <summary>Gets the mean over lists of the mean number of users of their items.</summary>
    public required double AveragePopularity { get; init; }

    /// <summary>Gets the mean over lists of the share of items outside the best known fifth of the catalogue.</summary>
    public required double LongTailShare { get; init; }

    /// <summary>Works out the figures of all lists of a block, cut at <paramref name="at"/> ranks.</summary>
    /// <param name="lists">The lists; empty ones show nothing and do not enter the means over lists.</param>
    /// <param name="at">How many ranks count, at least 1.</param>
    /// <param name="catalogue">How well known the items are.</param>
    /// <returns>All figures 0 where no list holds an item.</returns>
    public static ListFigures Of(CandidateBlock lists, int at, CataloguePopularity catalogue)
    {
        var exposure = new Exposure(catalogue.Counts.Length, at);
        exposure.Add(lists);
        double novelty = 0, popularity = 0, tail = 0;
        int shown = 0;
        for (int n = 0; n < lists.UserCount; n++)
        {
            var items = lists.ItemsOf(n)[..Math.Min(at, lists.Lengths[n])];
            if (items.IsEmpty)
                continue;
            double listNovelty = 0;
            long listPopularity = 0;
            int listTail = 0;
            foreach (int item in items)
            {
                listNovelty += catalogue.Novelty[item];
                listPopularity += catalogue.Counts[item];
                listTail += catalogue.IsTail[item] ? 1 : 0;
            }
            shown++;
            novelty += listNovelty / items.Length;
            popularity += (double)listPopularity / items.Length;
            tail += (double)listTail / items.Length;
        }

        double entropy = EntropyOf(exposure.Counts);
        int divisor = Math.Max(1, shown);
        return new ListFigures
        {
            Coverage = exposure.Coverage(),
            CoverageAtLeast5 = exposure.Coverage(minLists: 5),
            CoverageAtLeast20 = exposure.Coverage(minLists: 20),
            CoverageAtLeast100 = exposure.Coverage(minLists: 100),
            Gini = GiniOf(exposure.Counts),
            Entropy = entropy,
            EffectiveItems = shown == 0 ? 0 : Math.Exp(entropy),
            Novelty = novelty / divisor,
            AveragePopularity = popularity / divisor,
            LongTailShare = tail / divisor,
        };
    }

    /// <summary>Returns Σⱼ (2j − E − 1) e₍ⱼ₎ / (E Σ e) over the E items in ascending order of their appearances e.</summary>
    internal static double GiniOf(long[] counts)
    {
        long[] sorted = [.. counts];
        Array.Sort(sorted);
        double weighted = 0, sum = 0;
        for (int j = 1; j <= sorted.Length; j++)
        {
            weighted += ((2.0 * j) - sorted.Length - 1) * sorted[j - 1];
            sum += sorted[j - 1];
        }
        return sum == 0 ? 0 : weighted / (sorted.Length * sum);
    }

    static double EntropyOf(long[] counts)
    {
        double sum = counts.Sum();
        double entropy = 0;
        foreach (long count in counts)
            if (count > 0)
                entropy -= count / sum * Math.Log(count / sum);
        return entropy;
    }
}
