namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>The distribution that explored items are drawn from.</summary>
/// <remarks>
/// q(i) = (1 − u) exp(sᵢ / t) / Σⱼ exp(sⱼ / t) + u / n, with s scaled to [0, 1] over the pool. Since u &gt; 0 every item of the pool can
/// come, so outcomes say something of every policy that picks from it.
/// </remarks>
public static class DrawPolicy
{
    /// <summary>Scales the scores of a pool to [0, 1], in place; scores that are all alike become 1.</summary>
    /// <param name="scores">Finite scores, at least one.</param>
    public static void Scale(Span<double> scores)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        foreach (double score in scores)
            (least, greatest) = (Math.Min(least, score), Math.Max(greatest, score));
        for (int n = 0; n < scores.Length; n++)
            scores[n] = greatest > least ? (scores[n] - least) / (greatest - least) : 1;
    }

    /// <summary>Works out the probability of every item of a pool.</summary>
    /// <param name="scores">Scores in [0, 1], at least one.</param>
    /// <param name="temperature">t &gt; 0.</param>
    /// <param name="uniform">u in [0, 1].</param>
    /// <param name="probabilities">Receives q, which sums to 1; same length; may be the scores.</param>
    public static void Probabilities(ReadOnlySpan<double> scores, double temperature, double uniform, Span<double> probabilities)
    {
        double sum = 0;
        for (int n = 0; n < scores.Length; n++)
        {
            // The greatest score is at most 1, so nothing overflows.
            probabilities[n] = Math.Exp((scores[n] - 1) / temperature);
            sum += probabilities[n];
        }
        // A temperature so low that every item but the best underflows leaves the best: its own share of the sum is 1.
        for (int n = 0; n < scores.Length; n++)
            probabilities[n] = ((1 - uniform) * (sum > 0 ? probabilities[n] / sum : 1.0 / scores.Length)) + (uniform / scores.Length);
    }

    /// <summary>Draws one item.</summary>
    /// <param name="probabilities">q, at least one item.</param>
    /// <param name="variate">Uniform in [0, 1).</param>
    /// <returns>Its index: the first whose cumulated probability is above the variate.</returns>
    public static int Draw(ReadOnlySpan<double> probabilities, double variate)
    {
        double below = 0;
        for (int n = 0; n < probabilities.Length - 1; n++)
        {
            below += probabilities[n];
            if (variate < below)
                return n;
        }
        return probabilities.Length - 1;
    }
}
