using BatchRecs.Pipeline.Checks;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What <c>check</c> found, for people.</summary>
static class CheckReport
{
    /// <summary>Writes the findings and the estimate of one job.</summary>
    public static void Write(TextWriter writer, JobCheck check)
    {
        writer.WriteLine($"{check.Job}: {Summary(check)}");
        foreach (var finding in check.Findings)
        {
            writer.WriteLine($"  {Words.Of(finding.Severity)}: {(finding.Where.Length == 0 ? "" : $"{finding.Where}: ")}{finding.Message}");
            if (finding.Remedy.Length > 0)
                writer.WriteLine($"    {finding.Remedy}");
        }
        if (check.Sufficiency is { } data)
            writer.WriteLine($"  data: {Verdict(data.Verdict)} ({Numbers.Count(data.Items)} items, "
                + $"{Numbers.Count(data.UsersWithThreeEvents)} users with 3 events or more, "
                + $"{Numbers.Count(data.HoldoutUsers)} holdout users)");
        if (check.Estimate is { } cost)
        {
            writer.WriteLine($"  a run reads {Numbers.Count(cost.Events)} events of {Numbers.Count(cost.Users)} users "
                + $"on {Numbers.Count(cost.Items)} items");
            writer.WriteLine($"  and takes about {Numbers.Duration(cost.Duration)}, {Numbers.Bytes(cost.MemoryBytes)} of memory, "
                + $"{Numbers.Bytes(cost.DiskBytes)} of disk and {Numbers.Bytes(cost.ReleaseBytes)} in the store per release");
            if (cost.ListBytes > 0)
                writer.WriteLine($"  precompute.allocate keeps all lists at once, which is {Numbers.Bytes(cost.ListBytes)} of that memory");
        }
        foreach (var need in check.Needs)
            writer.WriteLine(
                $"  {need.What}: needs {Numbers.Bytes(need.NeededBytes)} of {Numbers.Bytes(need.AvailableBytes)} ({need.Where})");
    }

    static string Summary(JobCheck check)
    {
        int errors = check.Findings.Count(finding => finding.Severity == Severity.Error);
        int warnings = check.Findings.Count - errors;
        return (errors, warnings) switch
        {
            (0, 0) => "fine",
            (0, _) => $"fine, {Plural(warnings, "warning")}",
            (_, 0) => Plural(errors, "error"),
            _ => $"{Plural(errors, "error")}, {Plural(warnings, "warning")}",
        };
    }

    static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    static string Verdict(DataVerdict verdict) => verdict switch
    {
        DataVerdict.Fit => "fit for personal lists",
        DataVerdict.PopularListsAreEnough => "popular lists are enough",
        _ => "too little",
    };
}
