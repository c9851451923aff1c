using static BatchRecs.Core.Guarding.GuardText;

namespace BatchRecs.Core.Guarding;

/// <summary>
/// Compares what an extract delivered with the last good runs, so that a broken load is refused before anything is trained.
/// </summary>
/// <remarks>
/// A figure may lie anywhere between the least and the most of these runs, and beyond by its limit. Against the extremes instead of a
/// mean, a shop that grows is compared with its newest runs, and one run that a person let through makes its level a known one.
/// </remarks>
public static class InputGuard
{
    /// <summary>Checks every figure, also after one is out of bounds.</summary>
    /// <param name="now">What this run's extract delivered.</param>
    /// <param name="history">What the last good runs' extracts of the same sources delivered; may be empty.</param>
    /// <param name="limits">The limits of the job.</param>
    public static IReadOnlyList<GuardRule> Check(InputFigures now, IReadOnlyList<InputFigures> history, InputLimits limits) =>
        history.Count == 0
            ? [new GuardRule("input", null, 0, true, "No good run has read these sources before: there is nothing to compare with.")]
            :
            [
                Count("rows", "events", now.Rows, [.. history.Select(run => run.Rows)], limits),
                Count("users", "users", now.Users, [.. history.Select(run => run.Users)], limits),
                Count("items", "items", now.Items, [.. history.Select(run => run.Items)], limits),
                Rejected(now, history, limits),
                Age(now, history, limits),
                Types(now, history, limits),
                Duplicates(now, history, limits),
            ];

    static GuardRule Count(string name, string unit, long figure, long[] before, InputLimits limits)
    {
        double least = Math.Ceiling(before.Min() * (1 - limits.MaxFall)), most = Math.Floor(before.Max() * (1 + limits.MaxRise));
        bool tooMany = figure > most;
        string finding = Of(
            $"{figure:N0} {unit} were read; {Runs(before.Length)} had {before.Min():N0} to {before.Max():N0}, ")
            + Of($"allowed are {least:N0} to {most:N0}.");
        return GuardRule.Of(
            $"input.{name}",
            figure,
            tooMany ? most : least,
            figure >= least && !tooMany,
            finding,
            tooMany
                ? "Check whether something was loaded twice. If the rise is real, run with --override, or raise guard.input.maxRise."
                : "Check whether the load of the sources has finished. If the fall is real, run with --override, or raise "
                    + "guard.input.maxFall.");
    }

    static GuardRule Rejected(InputFigures now, IReadOnlyList<InputFigures> history, InputLimits limits) => Rise(
        "input.rejected",
        (now.RejectedShare, history.Max(run => run.RejectedShare), limits.MaxRejectedRise),
        "of the rows could not be used",
        history.Count,
        "batchrecs runs rejected JOB shows such rows. If they are to be left out, run with --override, or raise "
            + "guard.input.maxRejectedRise.");

    static GuardRule Age(InputFigures now, IReadOnlyList<InputFigures> history, InputLimits limits)
    {
        double before = history.Max(run => run.AgeDays), limit = before + limits.MaxAgeRiseDays;
        return GuardRule.Of(
            "input.age",
            now.AgeDays,
            limit,
            now.AgeDays <= limit,
            Of($"The newest event is {now.AgeDays:0.##} days older than as-of; in {Runs(history.Count)} it was up to {before:0.##}, ")
                + Of($"the limit is {limit:0.##}."),
            "Check whether the load of the sources still runs. If nothing happened since, run with --override, or raise "
                + "guard.input.maxAgeRise.");
    }

    static GuardRule Types(InputFigures now, IReadOnlyList<InputFigures> history, InputLimits limits)
    {
        var nearest = history.MinBy(now.TypeDistance)!;
        double distance = now.TypeDistance(nearest);
        string moved = now.TypeShares.Keys.Union(nearest.TypeShares.Keys)
            .Order(StringComparer.Ordinal)
            .MaxBy(type => Math.Round(Math.Abs(now.TypeShares.GetValueOrDefault(type) - nearest.TypeShares.GetValueOrDefault(type)), 9))!;
        return GuardRule.Of(
            "input.types",
            distance,
            limits.MaxTypeShift,
            distance <= limits.MaxTypeShift,
            $"{Percent(distance)} of the events are of other types than in {NearestOf(history.Count)} ('{moved}': "
                + $"{Percent(now.TypeShares.GetValueOrDefault(moved))}, there {Percent(nearest.TypeShares.GetValueOrDefault(moved))}), "
                + $"the limit is {Percent(limits.MaxTypeShift)}.",
            "Check whether all sources were loaded. If people do behave otherwise now, run with --override, or raise "
                + "guard.input.maxTypeShift.");
    }

    static GuardRule Duplicates(InputFigures now, IReadOnlyList<InputFigures> history, InputLimits limits) => Rise(
        "input.duplicates",
        (now.DuplicateShare, history.Max(run => run.DuplicateShare), limits.MaxDuplicatesRise),
        "of the events repeat another one",
        history.Count,
        "Check whether something was loaded twice. If the events are real, run with --override, or raise "
            + "guard.input.maxDuplicatesRise.");

    static GuardRule Rise(
        string rule, (double Now, double Before, double MayRise) share, string what, int runs, string remedy)
    {
        double limit = share.Before + share.MayRise;
        return GuardRule.Of(
            rule,
            share.Now,
            limit,
            share.Now <= limit,
            $"{Percent(share.Now)} {what}; in {Runs(runs)} it was up to {Percent(share.Before)}, the limit is {Percent(limit)}.",
            remedy);
    }
}
