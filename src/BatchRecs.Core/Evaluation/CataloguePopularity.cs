namespace BatchRecs.Core.Evaluation;

/// <summary>How well known each item of the catalogue is, as counted in training: what novelty and the long tail are measured by.</summary>
public sealed class CataloguePopularity
{
    /// <summary>The share of the items, from the best known on, that is the head; the rest is the long tail.</summary>
    public const double HeadShare = 0.2;

    /// <summary>Works out novelty and tail of every item.</summary>
    /// <param name="counts">Distinct users per item in training.</param>
    /// <param name="userCount">Number of users in training.</param>
    public CataloguePopularity(int[] counts, int userCount)
    {
        Counts = counts;
        Novelty = Array.ConvertAll(counts, count => -Math.Log2((count + 1.0) / (userCount + 1.0)));

        int[] order = [.. Enumerable.Range(0, counts.Length)];
        Array.Sort(order, (a, b) => counts[a] == counts[b] ? a.CompareTo(b) : counts[b].CompareTo(counts[a]));
        Ranks = new int[counts.Length];
        for (int rank = 0; rank < order.Length; rank++)
            Ranks[order[rank]] = rank;
        IsTail = new bool[counts.Length];
        foreach (int item in order.AsSpan((int)Math.Ceiling(HeadShare * counts.Length)))
            IsTail[item] = true;
    }

    /// <summary>Gets the distinct users per item.</summary>
    public int[] Counts { get; }

    /// <summary>Gets −log₂((nᵢ + 1) / (U + 1)) per item: bits of surprise.</summary>
    public double[] Novelty { get; }

    /// <summary>Gets the rank of each item among all, from 0 for the best known; ties go to the lower item index.</summary>
    public int[] Ranks { get; }

    /// <summary>Gets, per item, whether it lies outside the best known fifth; ties are cut at the lower item index.</summary>
    public bool[] IsTail { get; }
}
