using BatchRecs.Core.Data;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Progress;

/// <summary>Progress in one line: how much, how fast, how long still.</summary>
static class ProgressText
{
    /// <summary>Describes a step under way: <c>8,192 of 16,554 users, 3,200/s, 3 s left, loss 0.12</c>.</summary>
    /// <param name="progress">How far it has come.</param>
    /// <param name="elapsed">Since the stage began.</param>
    public static string Describe(StageProgress progress, TimeSpan elapsed)
    {
        List<string> parts =
        [
            progress.Total > 0
                ? $"{Numbers.Count(progress.Done)} of {Numbers.Quantity(progress.Total, progress.Unit)}"
                : Numbers.Quantity(progress.Done, progress.Unit),
        ];
        double rate = elapsed > TimeSpan.Zero ? progress.Done / elapsed.TotalSeconds : 0;
        if (Numbers.Rate(rate) is { Length: > 0 } rateText)
            parts.Add(rateText);
        if (rate > 0 && progress.Total > progress.Done)
            parts.Add($"{Numbers.Duration(TimeSpan.FromSeconds((progress.Total - progress.Done) / rate))} left");
        if (progress.Note is { Length: > 0 } note)
            parts.Add(note);
        return string.Join(", ", parts);
    }

    /// <summary>Describes a finished stage: <c>train: computed, 12 sweeps in 5.1 s, loss 0.12</c>.</summary>
    public static string Describe(StageReport report)
    {
        string rows = report.Rows > 0 ? $"{Numbers.Quantity(report.Rows, report.Unit)} in " : "";
        string note = report.Note.Length > 0 ? $", {report.Note}" : "";
        return $"{Words.Of(report.Stage)}: {Words.Of(report.Result)}, {rows}{Numbers.Duration(report.Elapsed)}{note}";
    }
}
