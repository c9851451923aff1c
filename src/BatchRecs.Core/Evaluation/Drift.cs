using BatchRecs.Core.Data;

namespace BatchRecs.Core.Evaluation;

/// <summary>How far a distribution has moved from what it was.</summary>
public static class Drift
{
    /// <summary>Bins of the population stability index, as in credit scoring, where its limits of 0.1 and 0.25 come from.</summary>
    const int Bins = 10;

    /// <summary>The share that an empty bin is taken to have.</summary>
    const double LeastShare = 1e-4;

    /// <summary>Returns how far what users take has moved: the last days against those just before them.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="window">Length of either period, counted back from the newest event.</param>
    /// <returns>Jensen-Shannon divergence of the items' shares of the events; null where a period has no event.</returns>
    public static double? OfPopularity(Snapshot snapshot, TimeSpan window)
    {
        long length = (long)window.TotalMicroseconds;
        double[] before = new double[snapshot.Items.Count], after = new double[snapshot.Items.Count];
        var events = snapshot.Interactions;
        for (int row = 0; row < events.Count; row++)
        {
            long age = snapshot.DataUntil - events.Times[row];
            if (age < length)
                after[events.Items[row]]++;
            else if (age < 2 * length)
                before[events.Items[row]]++;
        }
        return before.Sum() > 0 && after.Sum() > 0 ? JensenShannon(before, after) : null;
    }

    /// <summary>Returns the Jensen-Shannon divergence of two distributions, in bits: 0 = the same, 1 = nothing in common.</summary>
    /// <param name="a">Weights, at least 0, not all 0; they need not add up to 1.</param>
    /// <param name="b">Weights of the same things.</param>
    /// <remarks>
    /// Lin 1991: ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = (p + q) / 2. Two samples of one distribution have more than 0: about
    /// (things − 1) / (4 ln 2 · events) for periods of as many events each.
    /// </remarks>
    public static double JensenShannon(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sumOfA = 0, sumOfB = 0, divergence = 0;
        for (int n = 0; n < a.Length; n++)
        {
            sumOfA += a[n];
            sumOfB += b[n];
        }
        for (int n = 0; n < a.Length; n++)
        {
            double p = a[n] / sumOfA, q = b[n] / sumOfB, mean = (p + q) / 2;
            divergence += (Part(p, mean) + Part(q, mean)) / 2;
        }
        return Math.Clamp(divergence, 0, 1);

        static double Part(double share, double mean) => share > 0 ? share * Math.Log2(share / mean) : 0;
    }

    /// <summary>Returns the population stability index of scores.</summary>
    /// <param name="before">Scores as they were, at least one.</param>
    /// <param name="after">Scores as they are, at least one.</param>
    /// <remarks>
    /// Σ (aᵢ − bᵢ) ln(aᵢ / bᵢ) over the tenths of the older scores, with shares of at least 0.0001, so that an empty bin counts and is
    /// not infinite. Below 0.1 is usually taken for none, above 0.25 for much.
    /// </remarks>
    public static double PopulationStability(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        double[] sorted = [.. before.Order()];
        double[] edges = [.. Enumerable.Range(1, Bins - 1).Select(n => sorted[n * sorted.Length / Bins]).Distinct()];
        double[] older = Shares(before, edges), newer = Shares(after, edges);
        double index = 0;
        for (int bin = 0; bin < older.Length; bin++)
            index += (newer[bin] - older[bin]) * Math.Log(newer[bin] / older[bin]);
        return index;
    }

    /// <summary>Returns the share of the values in each bin; a value that is an edge lies above it.</summary>
    static double[] Shares(IReadOnlyList<double> values, double[] edges)
    {
        double[] shares = new double[edges.Length + 1];
        foreach (double value in values)
        {
            int at = Array.BinarySearch(edges, value);
            shares[at >= 0 ? at + 1 : ~at]++;
        }
        return Array.ConvertAll(shares, count => Math.Max(count / values.Count, LeastShare));
    }
}
