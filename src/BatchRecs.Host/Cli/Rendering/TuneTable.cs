using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Searching;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What a tune job found, for people: what the winner changes, how it did in the test period, the best trials.</summary>
static class TuneTable
{
    const int Best = 10;

    /// <summary>Writes the tables; the files beside the artifacts have every trial.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">What was found.</param>
    /// <param name="width">Columns of the page.</param>
    public static void Write(TextWriter writer, TuneReport report, int width = TextTable.NoLimit)
    {
        if (report.Changes.Count > 0)
        {
            writer.WriteLine();
            var changes = new TextTable(new Column("key"), new Column("now", Align.Right), new Column("proposed", Align.Right));
            foreach (var change in report.Changes)
                changes.Add(change.Key, change.From, change.To);
            changes.Write(writer);
        }
        if (report.Test.Count > 0)
        {
            writer.WriteLine();
            WriteTest(writer, report);
        }
        writer.WriteLine();
        WriteTrials(writer, report, width);
    }

    static void WriteTest(TextWriter writer, TuneReport report)
    {
        var table = new TextTable(
            new Column("test period"),
            new Column("winner", Align.Right),
            new Column("now", Align.Right),
            new Column("difference", Align.Right),
            new Column("95 % interval", Align.Right));
        foreach (var metric in report.Test)
            table.Add(
                $"{(metric.Metric == RankingMetric.Ndcg ? "NDCG" : "recall")}@{report.Depth}",
                Numbers.Measure(metric.Winner.Estimate),
                Numbers.Measure(metric.Current.Estimate),
                Intervals.Signed(metric.Difference.Estimate),
                Intervals.SignedRange(metric.Difference.Low, metric.Difference.High));
        table.Write(writer);
    }

    static void WriteTrials(TextWriter writer, TuneReport report, int width)
    {
        var table = new TextTable(
            new Column("best trials", Align.Right), new Column($"NDCG@{report.Depth}", Align.Right), new Column("settings", Folds: true));
        var measured = report.Trials.Where(trial => trial.Outcome == TrialOutcome.Measured);
        foreach (var trial in measured.OrderByDescending(trial => trial.Score).Take(Best))
            table.Add(
                trial.Number == 0 ? "0 (now)" : $"{trial.Number}",
                Numbers.Measure(trial.Score!.Value),
                string.Join(", ", report.Keys.Select((key, k) => $"{Short(key.Key)} {trial.Values[k]}")));
        table.Write(writer, width: width);
    }

    /// <summary>The last two words of a key tell it from all others.</summary>
    static string Short(string key) => string.Join('.', key.Split('.')[^2..]);
}
