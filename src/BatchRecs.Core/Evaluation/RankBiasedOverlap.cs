namespace BatchRecs.Core.Evaluation;

/// <summary>How much two rankings agree, with more weight on the first ranks.</summary>
/// <remarks>
/// Webber, Moffat and Zobel 2010, "A similarity measure for indefinite rankings", eq. 32. With X_d the number of items that the first d
/// ranks of both lists share, s and l the lengths of the shorter and the longer list:
/// RBO = (1−p)/p · (Σ_{d=1..l} X_d/d · p^d + Σ_{d=s+1..l} X_s (d−s)/(s d) · p^d) + ((X_l − X_s)/l + X_s/s) · p^l.
/// What the lists do not show is taken to agree as what they show.
/// </remarks>
public static class RankBiasedOverlap
{
    /// <summary>The persistence p of somebody who looks on nine times of ten: the first ten ranks have 86 % of the weight.</summary>
    public const double Persistence = 0.9;

    /// <summary>Returns the agreement of two lists, in [0, 1]: 1 = the same, 0 = nothing in common.</summary>
    /// <param name="a">Items, best first, without repeats.</param>
    /// <param name="b">Items, best first, without repeats.</param>
    /// <param name="p">Persistence, in (0, 1).</param>
    /// <returns>1 for two empty lists; 0 where one alone is empty.</returns>
    /// <remarks>O(length²) comparisons of neighbouring integers: faster than a set for the lengths of lists.</remarks>
    public static double Of(ReadOnlySpan<int> a, ReadOnlySpan<int> b, double p = Persistence)
    {
        var shorter = a.Length <= b.Length ? a : b;
        var longer = a.Length <= b.Length ? b : a;
        if (shorter.IsEmpty)
            return longer.IsEmpty ? 1 : 0;

        int common = 0, commonOfShorter = 0;
        double sum = 0, power = 1;
        for (int d = 1; d <= longer.Length; d++)
        {
            power *= p;
            int s = Math.Min(d, shorter.Length);
            if (shorter[..s].Contains(longer[d - 1]))
                common++;
            if (d <= shorter.Length && longer[..(d - 1)].Contains(shorter[d - 1]))
                common++;
            sum += (double)common / d * power;
            if (d <= shorter.Length)
                commonOfShorter = common;
            else
                sum += commonOfShorter * (d - (double)shorter.Length) / ((double)shorter.Length * d) * power;
        }
        double rest = ((double)(common - commonOfShorter) / longer.Length) + ((double)commonOfShorter / shorter.Length);
        return ((1 - p) / p * sum) + (rest * power);
    }
}
