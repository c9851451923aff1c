using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Evaluation.OffPolicy;
using BatchRecs.Pipeline.Exploration;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What drawn items brought, and what other policies would have, with 95 % intervals.</summary>
static class ExplorationTable
{
    /// <summary>Writes what was joined, then one row per policy and estimate, then what was refused.</summary>
    public static void Write(TextWriter writer, ExplorationFindings findings, int width = TextTable.NoLimit)
    {
        writer.WriteLine(
            $"{Numbers.Quantity(findings.Draws, "items")} drawn in {Numbers.Quantity(findings.Releases, "releases")} "
            + $"from {Numbers.Time(findings.From)} to {Numbers.Time(findings.Until)};");
        writer.WriteLine(
            $"{Numbers.Count(findings.MatchedRows)} of {Numbers.Quantity(findings.LogRows, "rows")} of the log are outcomes of them. "
            + "Mean rewards; intervals are 95 %.");
        writer.WriteLine();
        var table = new TextTable(
            new Column("policy"),
            new Column("estimate"),
            new Column("reward", Align.Right),
            new Column("interval"),
            new Column("outcomes", Align.Right),
            new Column("effective", Align.Right),
            new Column("mean weight", Align.Right));
        foreach (var policy in findings.Report.Policies)
            foreach (var estimate in Told(policy))
                table.Add(
                    policy.Target,
                    estimate.Method,
                    Numbers.Measure(estimate.Value),
                    Interval(estimate.Interval),
                    Numbers.Count(policy.Rows),
                    Numbers.Count((long)policy.EffectiveRows),
                    FormattableString.Invariant($"{policy.MeanWeight:0.000}"));
        if (findings.Report.Policies.Any(policy => policy.Refusal is null))
            table.Write(writer, width: width);
        if (findings.Report.Gain is { } gain)
            writer.WriteLine($"\nblend − explore: {Numbers.Measure(gain.Value)} ({Interval(gain.Interval)})");
        foreach (var refused in findings.Report.Policies.Where(policy => policy.Refusal is not null))
            writer.WriteLine($"\n{refused.Target}: no figure: {refused.Refusal}");
    }

    /// <summary>Estimates of the policy that drew are all its plain mean: it is said once.</summary>
    static IEnumerable<OffPolicyEstimate> Told(OffPolicyResult policy) =>
        policy.Target == ExplorationReport.Explore ? policy.Estimates.Take(1) : policy.Estimates;

    static string Interval(Interval interval) => $"{Numbers.Measure(interval.Low)}–{Numbers.Measure(interval.High)}";
}
