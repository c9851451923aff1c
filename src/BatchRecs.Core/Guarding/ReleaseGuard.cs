using System.Globalization;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Guarding;

/// <summary>Checks a finished release against its limits before it may be published.</summary>
public static class ReleaseGuard
{
    /// <summary>Checks every limit, also after one is broken, so that the operator sees all reasons at once.</summary>
    /// <param name="figures">What was counted while the release was built.</param>
    /// <param name="evaluation">The evaluation of the job definition; null where there is none.</param>
    /// <param name="limits">The limits of the job.</param>
    /// <exception cref="ConfigurationException">A baseline is named that was not evaluated.</exception>
    public static GuardVerdict Check(ReleaseFigures figures, EvaluationReport? evaluation, GuardLimits limits) => new(
    [
        Users(figures, limits), Length(figures, limits), Coverage(figures, limits), Scores(figures),
        .. Allocation(figures), .. Baselines(evaluation, limits),
    ]);

    static GuardRule Users(ReleaseFigures figures, GuardLimits limits) => Rule(
        "minUsers",
        figures.Users,
        limits.MinUsers,
        figures.Users >= limits.MinUsers,
        $"{figures.Users} users have a list, the limit is {limits.MinUsers}.",
        "Check that the sources delivered all events and that users.active is long enough, or lower guard.minUsers.");

    static GuardRule Length(ReleaseFigures figures, GuardLimits limits)
    {
        int limit = Math.Min(limits.MinListLength, figures.FullLength);
        return Rule(
            "minListLength",
            figures.CommonLength,
            limit,
            figures.CommonLength >= limit,
            $"95 % of the lists have at least {figures.CommonLength} items, the limit is {limit}.",
            "Raise precompute.candidates, let fewer items count as seen or excluded, or lower guard.minListLength.");
    }

    static GuardRule Coverage(ReleaseFigures figures, GuardLimits limits) => Rule(
        "minCoverage",
        figures.Coverage,
        limits.MinCoverage,
        figures.Coverage >= limits.MinCoverage,
        Text($"{Percent(figures.Coverage)} of the items appear in the first {figures.Depth} ranks of some list, ")
            + $"the limit is {Percent(limits.MinCoverage)}.",
        "Give personal scorers more weight in the blend, or lower guard.minCoverage.");

    static GuardRule Scores(ReleaseFigures figures) => Rule(
        "finiteScores",
        figures.NonFiniteScores,
        0,
        figures.NonFiniteScores == 0,
        $"{figures.NonFiniteScores} rows have a score that is not a finite number, the limit is 0.",
        "Raise scorers.als.regularization and run again with --fresh; if it happens again, report it: this is a bug.");

    /// <summary>An aim that an allocator could not meet refuses the release; aims that were met need no rule.</summary>
    static IEnumerable<GuardRule> Allocation(ReleaseFigures figures) =>
        from step in figures.Allocation ?? []
        where step.Outcome.Shortfall is not null
        select new GuardRule($"allocate.{step.Allocator}", null, 0, false, step.Outcome.Shortfall!);

    static IEnumerable<GuardRule> Baselines(EvaluationReport? evaluation, GuardLimits limits)
    {
        if (limits.NoWorseThan.Count == 0)
            return [new GuardRule("noWorseThan", null, 0, true, "guard.noWorseThan names no baseline: nothing is compared.")];
        var list = evaluation?.List(EvaluationReport.MainList);
        return limits.NoWorseThan.Select(baseline => list is null ? NotEvaluated(baseline) : NoWorseThan(baseline, list));
    }

    static GuardRule NotEvaluated(string baseline) => new(
        $"noWorseThan.{baseline}",
        null,
        0,
        false,
        $"Whether the lists are worse than '{baseline}' is unknown: there is no evaluation of this job. "
            + "Run it once with an evaluation (evaluate.when: nightly, enough events in evaluate.holdout), or empty guard.noWorseThan.");

    static GuardRule NoWorseThan(string baseline, ListEvaluation list)
    {
        int primary = list.Makers[0].At[0].Length;
        var found = list.Differences.FirstOrDefault(difference =>
            difference.Baseline == baseline && difference.Length == primary && difference.Metric == RankingMetric.Ndcg);
        if (found is null)
        {
            string known = string.Join(", ", list.Differences.Select(difference => difference.Baseline).Distinct());
            throw new ConfigurationException(
                $"guard.noWorseThan names '{baseline}', which was not evaluated; known baselines: {known}. Name one of them.");
        }

        var (estimate, low, high) = found.Difference;
        return Rule(
            $"noWorseThan.{baseline}",
            high,
            0,
            high >= 0,
            $"NDCG@{primary} differs from '{baseline}' by {Signed(estimate)} (95 % interval {Signed(low)} to {Signed(high)}); "
                + "its upper bound must not be below 0.",
            $"Let the blend be tuned (blend.NAME: tuned), give '{baseline}' more weight in it, or take it out of guard.noWorseThan.");
    }

    static GuardRule Rule(string name, double figure, double limit, bool passed, string finding, string remedy) =>
        new(name, figure, limit, passed, passed ? finding : $"{finding} {remedy}");

    static string Signed(double difference) => Text($"{difference:+0.0000;-0.0000;0.0000}");

    static string Percent(double share) => Text($"{share * 100:0.####} %");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
