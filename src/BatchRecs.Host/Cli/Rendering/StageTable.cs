using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What the stages of a run did: rows, seconds, rate.</summary>
static class StageTable
{
    /// <summary>Writes the outcome of a run: one line, then the stages.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="width">Columns of the page.</param>
    public static void WriteOutcome(TextWriter writer, RunOutcome outcome, int width = TextTable.NoLimit)
    {
        string state = Words.Of(outcome.State).Replace('-', ' ');
        // Most messages begin with the state themselves.
        string end = outcome.Message.StartsWith(state, StringComparison.Ordinal) ? outcome.Message : $"{state}, {outcome.Message}";
        writer.WriteLine($"{outcome.Recommender}: run {outcome.RunId} {end}");
        if (outcome.Stages.Count == 0)
            return;
        writer.WriteLine();
        Write(writer, outcome.Stages, width);
    }

    /// <summary>Writes the stages of a run in the ledger.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<RunStageRow> stages, int width = TextTable.NoLimit)
    {
        var table = NewTable();
        foreach (var stage in stages)
        {
            var elapsed = TimeSpan.FromSeconds(stage.Seconds);
            double? rate = stage.Result == "computed" ? Numbers.RateOf(stage.Rows, elapsed) : null;
            string rows = Quantity(stage.Rows, stage.Unit);
            table.Add(stage.Stage, stage.Result, rows, Numbers.Duration(elapsed), Numbers.Rate(rate), stage.Note);
        }
        table.Write(writer, width: width);
    }

    static void Write(TextWriter writer, IReadOnlyList<StageReport> stages, int width)
    {
        var table = NewTable();
        foreach (var report in stages)
            table.Add(
                Words.Of(report.Stage),
                Words.Of(report.Result),
                Quantity(report.Rows, report.Unit),
                Numbers.Duration(report.Elapsed),
                Numbers.Rate(StageView.Of(report).RowsPerSecond),
                report.Note);
        table.Add("total", null, null, Numbers.Duration(TimeSpan.FromTicks(stages.Sum(report => report.Elapsed.Ticks))), null, null);
        table.Write(writer, width: width);
    }

    static TextTable NewTable() => new(
        new Column("stage"),
        new Column("result"),
        new Column("rows", Align.Right),
        new Column("time", Align.Right),
        new Column("rate", Align.Right),
        new Column("note", Folds: true));

    static string Quantity(long rows, string unit) => rows == 0 ? "" : Numbers.Quantity(rows, unit);
}
