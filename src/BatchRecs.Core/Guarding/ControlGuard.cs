using BatchRecs.Core.Evaluation;
using static BatchRecs.Core.Guarding.GuardText;

namespace BatchRecs.Core.Guarding;

/// <summary>How far the figures of a run may lie from those of earlier runs of the same definition.</summary>
public sealed record ControlLimits
{
    /// <summary>Gets how many good runs of the same definition must be known before their spread says anything.</summary>
    public int MinRuns { get; init; } = 5;

    /// <summary>Gets how many times the usual spread a figure may lie off.</summary>
    public double Width { get; init; } = 5;

    /// <summary>Gets the share of the usual figure that is always allowed, however little it spread.</summary>
    public double Tolerance { get; init; } = 0.1;
}

/// <summary>
/// Compares the figures of a run with those of earlier good runs of the same definition. There is no test between two models here: the
/// definition is the same, and two seeds of it already differ.
/// </summary>
/// <remarks>
/// A figure may be off the median m of these runs by max(width · s, tolerance · |m|), to the bad side only, where s = 1.4826 · median
/// |x − m| is the spread that a single strange night does not move (Hampel 1974; 1.4826 makes it the standard deviation of normal
/// figures).
/// </remarks>
public static class ControlGuard
{
    /// <summary>The factor that makes the median absolute deviation of normal figures their standard deviation.</summary>
    const double NormalConsistent = 1.4826;

    /// <summary>The figures by name, and which side is the bad one.</summary>
    static readonly (string Name, string Words, bool HighIsBad)[] Figures =
    [
        ("users", "Users with a list", false),
        ("coverage", "The share of the items that some list shows", false),
        ("gini", "The Gini coefficient of the items' exposure", true),
        ("popularity", "The mean share of users who know the items shown", true),
        ("newItems", "The share of new items in the lists", false),
        ("ndcg", "NDCG of the evaluation", false),
    ];

    /// <summary>Collects the figures of a finished release by name.</summary>
    public static IReadOnlyDictionary<string, double> FiguresOf(ReleaseFigures release) => new Dictionary<string, double>
    {
        ["users"] = release.Users,
        ["coverage"] = release.Coverage,
        ["gini"] = release.Gini,
        ["popularity"] = release.Popularity,
        ["newItems"] = release.NewItems,
    };

    /// <summary>Collects the figures of a measurement by name.</summary>
    public static IReadOnlyDictionary<string, double> FiguresOf(EvaluationReport report) => new Dictionary<string, double>
    {
        ["ndcg"] = report.List(EvaluationReport.MainList)!.Makers[0].At[0].Metrics[RankingMetric.Ndcg].Estimate,
    };

    /// <summary>Checks every figure.</summary>
    /// <param name="now">The figures of this run by name.</param>
    /// <param name="history">Those of the last good runs of the same definition, newest first.</param>
    /// <param name="limits">The limits of the job.</param>
    public static IReadOnlyList<GuardRule> Check(
        IReadOnlyDictionary<string, double> now, IReadOnlyList<IReadOnlyDictionary<string, double>> history, ControlLimits limits)
    {
        var rules = new List<GuardRule>();
        foreach (var (name, words, highIsBad) in Figures)
        {
            double[] before = [.. history.Where(run => run.ContainsKey(name)).Select(run => run[name])];
            if (now.TryGetValue(name, out double figure) && before.Length >= limits.MinRuns)
                rules.Add(Compare(name, words, highIsBad, figure, before, limits));
        }
        return rules.Count > 0
            ? rules
            : [new GuardRule(now.Count == 1 ? $"control.{now.Keys.Single()}" : "control", null, 0, true, Of(
                $"{history.Count} good runs of this definition are known; from {limits.MinRuns} on, their figures are compared."))];
    }

    static GuardRule Compare(string name, string words, bool highIsBad, double figure, double[] before, ControlLimits limits)
    {
        double usual = Median(before);
        double spread = NormalConsistent * Median(Array.ConvertAll(before, value => Math.Abs(value - usual)));
        double allowed = Math.Max(limits.Width * spread, limits.Tolerance * Math.Abs(usual));
        double limit = highIsBad ? usual + allowed : usual - allowed;
        return GuardRule.Of(
            $"control.{name}",
            figure,
            limit,
            highIsBad ? figure <= limit : figure >= limit,
            Of($"{words}: {figure:0.####}; the median of {Runs(before.Length)} of this definition is {usual:0.####}, ")
                + Of($"the {(highIsBad ? "upper" : "lower")} control limit {limit:0.####}."),
            "The definition is the same, so look at what its sources delivered. If it is to be so, run with --override, or raise "
                + "guard.control.tolerance.");
    }

    static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
