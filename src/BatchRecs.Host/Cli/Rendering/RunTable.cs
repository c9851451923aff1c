using System.Globalization;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>The runs in the ledger.</summary>
static class RunTable
{
    /// <summary>Writes the runs, one line each.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<RunRow> runs, int width = TextTable.NoLimit)
    {
        if (runs.Count == 0)
        {
            writer.WriteLine("no runs yet");
            return;
        }
        var table = new TextTable(
            new Column("run", Align.Right),
            new Column("state"),
            new Column("started"),
            new Column("time", Align.Right),
            new Column("trigger", Folds: true),
            new Column("release", Align.Right),
            new Column("message", Folds: true));
        foreach (var run in runs)
            table.Add(
                $"{run.RunId}",
                run.State,
                Numbers.Time(run.StartedAt),
                run.FinishedAt is { } finished ? Numbers.Duration(finished - run.StartedAt) : null,
                run.Trigger,
                run.ReleaseId is { } release ? $"{release}" : null,
                run.Message);
        table.Write(writer, width: width);
    }

    /// <summary>Writes everything about one run.</summary>
    public static void WriteDetails(TextWriter writer, RunRow run, int width = TextTable.NoLimit)
    {
        writer.WriteLine($"run {run.RunId} of {run.Recommender}: {run.State}{(run.ExitCode is { } code ? $", exit code {code}" : "")}");
        writer.WriteLine($"job {run.Job}, asked for by {run.Trigger}"
            + (run.AsOf is { } asOf ? $", events until {Numbers.Time(asOf)}" : ""));
        writer.WriteLine(run.FinishedAt is { } finished
            ? $"started {Numbers.Time(run.StartedAt)}, ended {Numbers.Time(finished)} after {Numbers.Duration(finished - run.StartedAt)}"
            : $"started {Numbers.Time(run.StartedAt)}");
        if (run.ReleaseId is { } release && !run.Message.Contains($"release {release}", StringComparison.Ordinal))
            writer.WriteLine($"release {release}");
        if (run.Message.Length > 0)
            writer.WriteLine(run.Message);
        if (run.Overridden.Length > 0)
            writer.WriteLine(run.Overridden);
        if (run.Stages.Count == 0)
            return;
        writer.WriteLine();
        StageTable.Write(writer, run.Stages, width);
        if (run.Rules.Count == 0)
            return;
        writer.WriteLine();
        WriteRules(writer, run, width);
    }

    static void WriteRules(TextWriter writer, RunRow run, int width)
    {
        var table = new TextTable(
            new Column("rule"),
            new Column("result"),
            new Column("figure", Align.Right),
            new Column("limit", Align.Right),
            new Column("what was found", Folds: true));
        foreach (var rule in run.Rules)
            table.Add(
                rule.Name,
                rule.Passed ? "passed" : run.Overridden.Length > 0 ? "overridden" : "refused",
                Figure(rule.Figure),
                rule.Figure is null ? null : Figure(rule.Limit),
                rule.Message);
        table.Write(writer, width: width);
    }

    static string? Figure(double? figure) => figure?.ToString("0.####", CultureInfo.InvariantCulture);
}
