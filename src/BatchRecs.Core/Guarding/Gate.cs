using BatchRecs.Core.Evaluation;
using MathNet.Numerics.Distributions;

namespace BatchRecs.Core.Guarding;

/// <summary>Decides between two definitions that were measured on the same users.</summary>
/// <remarks>
/// Two seeds of one definition already differ by one to three per cent of NDCG on a few thousand users, so a loss below
/// <see cref="LeastLoss"/> refuses nothing, however certain. Every further metric is one more chance of a false alarm: Holm's procedure
/// (1979) keeps the chance of any at 5 %.
/// </remarks>
public static class Gate
{
    /// <summary>The relative loss from which on a significant loss refuses.</summary>
    public const double LeastLoss = 0.01;

    const double Level = 0.05;

    /// <summary>Decides every metric.</summary>
    /// <param name="metrics">Relative differences (challenger / champion − 1) with their 95 % intervals.</param>
    /// <param name="users">On how many users they were measured.</param>
    /// <param name="maxDrop">The relative loss of NDCG that refuses even where it is not significant; a loss so large must be ruled out of
    /// every metric for the verdict "no worse". Above 0.</param>
    public static IReadOnlyList<GateDecision> Decide(
        IReadOnlyList<(RankingMetric Metric, Interval? Relative)> metrics, int users, double maxDrop)
    {
        bool[] significant = Significant([.. metrics.Select(metric => P(metric.Relative))]);
        return [.. metrics.Select((metric, m) => Decide(metric.Metric, metric.Relative, significant[m], users, maxDrop))];
    }

    static GateDecision Decide(RankingMetric metric, Interval? relative, bool significant, int users, double maxDrop)
    {
        if (relative is not { } difference)
            return new GateDecision(metric, GateOutcome.Inconclusive, null, false, null);
        double estimate = difference.Estimate;
        var outcome =
            (significant && estimate < -LeastLoss) || (metric == RankingMetric.Ndcg && estimate < -maxDrop) ? GateOutcome.Refused
            : significant && estimate > 0 ? GateOutcome.Better
            : difference.Low > -maxDrop ? GateOutcome.NoWorse
            : GateOutcome.Inconclusive;
        return new GateDecision(
            metric, outcome, difference, significant, outcome == GateOutcome.Inconclusive ? Needed(difference, users, maxDrop) : null);
    }

    /// <summary>
    /// Were the difference what it is now, it would be decided once the interval is so narrow that it holds either no loss that matters or
    /// nothing but losses; widths shrink with the square root of the number of users.
    /// </summary>
    static long? Needed(Interval difference, int users, double maxDrop)
    {
        double halfWidth = (difference.High - difference.Low) / 2;
        double wanted = Math.Max(
            maxDrop + difference.Estimate, difference.Estimate < -LeastLoss ? -difference.Estimate : 0);
        double needed = users * Math.Pow(halfWidth / wanted, 2);
        return wanted > 0 && needed < long.MaxValue ? (long)Math.Ceiling(Math.Max(needed, users + 1)) : null;
    }

    /// <summary>Returns the two-sided p-value that belongs to an interval: below 5 % exactly where the interval leaves 0 out.</summary>
    static double P(Interval? interval)
    {
        if (interval is not { } found || found.Estimate == 0)
            return 1;
        double margin = found.Estimate < 0 ? found.High - found.Estimate : found.Estimate - found.Low;
        double z = UserSample.NormalQuantile * Math.Abs(found.Estimate) / margin;
        return 2 * Normal.CDF(0, 1, -z);
    }

    /// <summary>Holm: the smallest p-value is held against 5 % / m, the next against 5 % / (m − 1), … until one is too large.</summary>
    static bool[] Significant(double[] p)
    {
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort([.. p], order);
        bool[] significant = new bool[p.Length];
        for (int k = 0; k < order.Length && p[order[k]] < Level / (order.Length - k); k++)
            significant[order[k]] = true;
        return significant;
    }
}
