using BatchRecs.Core.Evaluation;
using static BatchRecs.Core.Guarding.GuardText;

namespace BatchRecs.Core.Guarding;

/// <summary>What a changed definition must keep, compared with that of the current release.</summary>
public sealed record ChampionLimits
{
    /// <summary>Gets the metrics that decide.</summary>
    public IReadOnlyList<RankingMetric> Metrics { get; init; } = [RankingMetric.Ndcg, RankingMetric.Recall];

    /// <summary>Gets the relative loss of NDCG that refuses even where it is not significant; above 0.</summary>
    public double MaxNdcgDrop { get; init; } = 0.05;

    /// <summary>Gets a value indicating whether a definition is refused where too few users, or no comparison at all, tell.</summary>
    public bool HoldsInconclusive { get; init; }

    /// <summary>Gets the share of the champion's coverage that may be lost.</summary>
    public double MaxCoverageFall { get; init; } = 0.05;

    /// <summary>Gets the share by which the Gini coefficient may rise.</summary>
    public double MaxGiniRise { get; init; } = 0.05;

    /// <summary>Gets the share by which the mean popularity of the items shown may rise.</summary>
    public double MaxPopularityRise { get; init; } = 0.05;

    /// <summary>Gets the share of the ranks that new items must have.</summary>
    public double MinNewItems { get; init; }

    /// <summary>Gets the mean Jaccard distance from the champion's lists that is allowed.</summary>
    public double MaxChurn { get; init; } = 0.6;
}

/// <summary>
/// Compares a changed definition (the challenger) with that of the current release (the champion): two definitions, both fitted on the
/// events before the test period and measured on the same users. A published model is never compared: it has seen the test period.
/// </summary>
/// <param name="list">The evaluation of the main list; the challenger is its first maker.</param>
/// <param name="champion">The name of the champion among the makers.</param>
/// <param name="limits">The limits of the job.</param>
public sealed class ChampionGuard(ListEvaluation list, string champion, ChampionLimits limits)
{
    readonly LengthEvaluation _mine = list.Makers[0].At[0];
    readonly LengthEvaluation _theirs = list.Makers.Single(maker => maker.Name == champion).At[0];

    /// <summary>Checks the metrics, then what the lists show of the catalogue.</summary>
    public IReadOnlyList<GuardRule> Check() => [.. Decisions().Select(Metric), Coverage(), Gini(), Popularity(), .. Contrast()];

    /// <summary>Returns what the comparison says of each metric that decides.</summary>
    public IReadOnlyList<GateDecision> Decisions() => Gate.Decide(
        [.. limits.Metrics.Select(metric => (metric, list.Differences.Single(difference =>
            difference.Baseline == champion && difference.Length == _mine.Length && difference.Metric == metric).Relative))],
        list.MeasuredUsers,
        limits.MaxNdcgDrop);

    GuardRule Metric(GateDecision decision)
    {
        string word = decision.Metric == RankingMetric.Ndcg ? "NDCG" : $"{decision.Metric}";
        string users = Of($"{list.MeasuredUsers:N0} users");
        string found = decision.Relative is { } relative
            ? $"{word}@{_mine.Length} {Signed(relative.Estimate)} against the definition of the current release (95 % interval "
                + $"{Signed(relative.Low)} to {Signed(relative.High)}, {users})"
            : $"{word}@{_mine.Length} of the current release's definition is 0 or nearly so ({users})";
        string verdict = decision.Outcome switch
        {
            GateOutcome.Better => "better",
            GateOutcome.NoWorse => "no worse",
            GateOutcome.Refused => "worse",
            _ => decision.NeededUsers is { } needed ? Of($"inconclusive, needs about {needed:N0} users") : "inconclusive",
        };
        double limit = decision.IsSignificant || decision.Metric != RankingMetric.Ndcg ? -Gate.LeastLoss : -limits.MaxNdcgDrop;
        bool isHeld = decision.Outcome == GateOutcome.Inconclusive && limits.HoldsInconclusive;
        return GuardRule.Of(
            $"champion.{Name(decision.Metric)}",
            decision.Relative?.Estimate,
            limit,
            decision.Outcome != GateOutcome.Refused && !isHeld,
            $"{verdict}: {found}.",
            isHeld
                ? "Lengthen evaluate.holdout, wait for more users, run with --override, or set guard.champion.inconclusive: publish."
                : "Take the change back: the current release goes on being served. If it is to be so, run with --override"
                    + (decision.IsSignificant ? "; a significant loss has no limit to raise." : ", or raise guard.champion.maxNdcgDrop."));
    }

    GuardRule Coverage()
    {
        double limit = _theirs.Lists.Coverage * (1 - limits.MaxCoverageFall);
        return Guardrail(
            "coverage", "Coverage", _mine.Lists.Coverage, _theirs.Lists.Coverage, limit, _mine.Lists.Coverage >= limit, "maxCoverageFall");
    }

    GuardRule Gini()
    {
        double limit = _theirs.Lists.Gini * (1 + limits.MaxGiniRise);
        return Guardrail("gini", "Gini coefficient", _mine.Lists.Gini, _theirs.Lists.Gini, limit, _mine.Lists.Gini <= limit, "maxGiniRise");
    }

    GuardRule Popularity()
    {
        double mine = _mine.Lists.AveragePopularity, theirs = _theirs.Lists.AveragePopularity;
        double limit = theirs * (1 + limits.MaxPopularityRise);
        return Guardrail("popularity", "Mean popularity", mine, theirs, limit, mine <= limit, "maxPopularityRise");
    }

    IEnumerable<GuardRule> Contrast()
    {
        if (list.Contrasts.FirstOrDefault(found => found.Maker == champion) is not { } contrast)
            return [];
        return
        [
            Guardrail(
                "newItems",
                "Share of new items",
                contrast.NewItems,
                contrast.NewItemsOfMaker,
                limits.MinNewItems,
                contrast.NewItems >= limits.MinNewItems,
                "minNewItems"),
            GuardRule.Of(
                "champion.churn",
                contrast.Churn,
                limits.MaxChurn,
                contrast.Churn <= limits.MaxChurn,
                Of($"The lists differ from those of the current release's definition by {contrast.Churn:0.###} (mean Jaccard distance), ")
                    + Of($"the limit is {limits.MaxChurn:0.###}."),
                "Make the change in steps, run with --override, or raise guard.champion.maxChurn."),
        ];
    }

    GuardRule Guardrail(string name, string words, double mine, double theirs, double limit, bool passed, string key) => GuardRule.Of(
        $"champion.{name}",
        mine,
        limit,
        passed,
        Of($"{words} of the first {_mine.Length} ranks: {mine:0.####}, with the definition of the current release {theirs:0.####}, ")
            + Of($"the limit is {limit:0.####}."),
        $"Take the change back, run with --override, or change guard.champion.{key}.");

    static string Name(RankingMetric metric) => metric.ToString().ToLowerInvariant();
}
