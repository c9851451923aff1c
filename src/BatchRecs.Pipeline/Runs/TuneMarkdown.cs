using System.Globalization;
using System.Text;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Searching;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Writes what a tune job found as Markdown, for people.</summary>
static class TuneMarkdown
{
    /// <summary>Writes the report.</summary>
    public static string Of(TuneReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# Settings of {report.Job}, tried by run {report.RunId}");
        Line(text, $"");
        Line(text, $"{TuneLine.Message(report)}.");
        Line(text, $"");
        Line(text, $"Validation window: from {report.ValidationFrom:u} to {report.TestFrom:u}, {report.ValidationUsers:N0} users;");
        Line(text, $"what comes later is the test period, which no trial has seen. The search ended because {report.Ended}.");
        Changes(text, report);
        Test(text, report);
        Trials(text, report);
        return text.ToString();
    }

    static void Changes(StringBuilder text, TuneReport report)
    {
        if (report.Changes.Count == 0)
            return;
        Head(text, "What the winner changes", "key", "now", "proposed");
        foreach (var change in report.Changes)
            Row(text, $"`{change.Key}`", change.From, change.To);
    }

    static void Test(StringBuilder text, TuneReport report)
    {
        if (report.Test.Count == 0)
            return;
        Head(
            text,
            string.Create(CultureInfo.InvariantCulture, $"The test period, {report.TestUsers:N0} users, 95 % intervals"),
            "metric", "winner", "now", "difference", "relative");
        foreach (var metric in report.Test)
            Row(
                text,
                $"{(metric.Metric == RankingMetric.Ndcg ? "NDCG" : "recall")}@{report.Depth}",
                Number(metric.Winner, "0.0000"),
                Number(metric.Current, "0.0000"),
                Number(metric.Difference, "+0.0000;-0.0000"),
                metric.Relative is { } relative ? Number(relative, "+0.0 %;-0.0 %") : "");
    }

    static void Trials(StringBuilder text, TuneReport report)
    {
        string[] keys = [.. report.Keys.Select(key => $"`{key.Key}`")];
        Head(text, "Trials", ["trial", .. keys, $"NDCG@{report.Depth}", "short form", "seconds", "end"]);
        foreach (var trial in report.Trials)
            Row(
                text,
                [
                    $"{trial.Number}{(trial.Number == 0 ? " (now)" : trial.Number == report.Winner ? " (winner)" : "")}",
                    .. trial.Values,
                    Number(trial.Score),
                    Number(trial.Probe),
                    trial.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
                    trial.Outcome switch
                    {
                        TrialOutcome.Stopped => "stopped early",
                        TrialOutcome.Failed => $"failed: {trial.Note.ReplaceLineEndings(" ").Replace("|", "\\|")}",
                        _ => "measured",
                    },
                ]);
        Head(text, "Ranges", "key", "from", "to", "scale");
        foreach (var key in report.Keys)
            Row(text, $"`{key.Key}`", key.From, key.To, key.Scale);
    }

    static void Head(StringBuilder text, string title, params IReadOnlyList<string> columns)
    {
        Line(text, $"");
        Line(text, $"## {title}");
        Line(text, $"");
        Row(text, columns);
        Row(text, [.. columns.Select(_ => "---")]);
    }

    static void Row(StringBuilder text, params IReadOnlyList<string> cells) => Line(text, $"| {string.Join(" | ", cells)} |");

    static string Number(double? number) => number?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";

    static string Number(Interval interval, string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{interval.Estimate.ToString(format, CultureInfo.InvariantCulture)} ({interval.Low.ToString(format, CultureInfo.InvariantCulture)}"
        + $" to {interval.High.ToString(format, CultureInfo.InvariantCulture)})");

    static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
