using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What the stages of a run did: rows, seconds, rate.</summary>
static class StageTable
{
    const int NoteWidth = 44;

    /// <summary>Writes the outcome of a run: one line, then the stages.</summary>
    public static void WriteOutcome(TextWriter writer, RunOutcome outcome)
    {
        string release = outcome.ReleaseId is { } id ? $", release {id}" : "";
        writer.WriteLine($"{outcome.Recommender}: run {outcome.RunId} {Words.Of(outcome.State)}{release}. {outcome.Message}");
        if (outcome.Stages.Count == 0)
            return;
        writer.WriteLine();
        Write(writer, outcome.Stages);
    }

    /// <summary>Writes the stages and their total time.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<StageReport> stages)
    {
        var table = NewTable();
        foreach (var report in stages)
            table.Add(
                Words.Of(report.Stage),
                Words.Of(report.Result),
                Quantity(report.Rows, report.Unit),
                Numbers.Duration(report.Elapsed),
                Numbers.Rate(StageView.Of(report).RowsPerSecond ?? 0),
                report.Note);
        table.Add("total", null, null, Numbers.Duration(TimeSpan.FromTicks(stages.Sum(report => report.Elapsed.Ticks))), null, null);
        table.Write(writer);
    }

    /// <summary>Writes the stages of a run in the ledger.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<RunStageRow> stages)
    {
        var table = NewTable();
        foreach (var stage in stages)
        {
            double rate = stage is { Result: "computed", Rows: > 0, Seconds: > 0 } ? stage.Rows / stage.Seconds : 0;
            string time = Numbers.Duration(TimeSpan.FromSeconds(stage.Seconds));
            table.Add(stage.Stage, stage.Result, Quantity(stage.Rows, stage.Unit), time, Numbers.Rate(rate), stage.Note);
        }
        table.Write(writer);
    }

    static TextTable NewTable() => new(
        new Column("stage"),
        new Column("result"),
        new Column("rows", Align.Right),
        new Column("time", Align.Right),
        new Column("rate", Align.Right),
        new Column("note", MaxWidth: NoteWidth));

    static string Quantity(long rows, string unit) => rows == 0 ? "" : $"{Numbers.Count(rows)} {unit}";
}
