namespace BatchRecs.Core.Evaluation.OffPolicy;

/// <summary>Standard errors of means over rows of which several may belong to one user.</summary>
static class ClusteredError
{
    /// <summary>Returns √(G / (G − 1) · Σ over users of (sum of their rows)²) / n.</summary>
    /// <param name="influence">One value per row, with mean 0.</param>
    /// <param name="users">The user of each row, from 0.</param>
    /// <returns>∞ where fewer than two users say anything; with one row per user it is the textbook error of a mean.</returns>
    public static double Of(ReadOnlySpan<double> influence, ReadOnlySpan<int> users)
    {
        int largest = -1;
        foreach (int user in users)
            largest = Math.Max(largest, user);
        double[] sums = new double[largest + 1];
        bool[] isThere = new bool[largest + 1];
        for (int n = 0; n < users.Length; n++)
        {
            sums[users[n]] += influence[n];
            isThere[users[n]] = true;
        }
        int groups = isThere.Count(there => there);
        if (groups < 2)
            return double.PositiveInfinity;
        double squares = 0;
        foreach (double sum in sums)
            squares += sum * sum;
        return Math.Sqrt(squares * groups / (groups - 1)) / users.Length;
    }
}
