using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>The measured lists beside each other, with 95 % intervals.</summary>
static class EvaluationTable
{
    /// <summary>Writes what was measured and how, then one row per list.</summary>
    public static void Write(TextWriter writer, EvaluationView evaluation, int width = TextTable.NoLimit)
    {
        int k = evaluation.Depth;
        string counted = evaluation.List == EvaluationReport.MainList ? "repeats left aside" : "repeats counted";
        writer.WriteLine($"Lists made from events before {Numbers.Time(evaluation.CutAt)},");
        writer.WriteLine($"measured on what {Numbers.Count(evaluation.Users)} users took afterwards, {counted}; intervals are 95 %.");
        writer.WriteLine();
        var table = new TextTable(
            new Column("list", Folds: true),
            new Column($"recall@{k}", Align.Right),
            new Column("interval"),
            new Column($"NDCG@{k}", Align.Right),
            new Column("interval"),
            new Column("coverage", Align.Right),
            new Column("novelty", Align.Right));
        foreach (var list in evaluation.Lists)
            table.Add(
                list.Name,
                Numbers.Measure(list.Recall.Value),
                Intervals.Range(list.Recall.Low, list.Recall.High),
                Numbers.Measure(list.Ndcg.Value),
                Intervals.Range(list.Ndcg.Low, list.Ndcg.High),
                Numbers.Percent(list.Coverage),
                FormattableString.Invariant($"{list.Novelty:0.0} bit"));
        table.Write(writer, width: width);
        if (evaluation.Differences.Count > 0)
            WriteDifferences(writer, evaluation, width);
    }

    /// <summary>
    /// Writes by how much the first list is better or worse; user by user, so intervals are narrower than those of the lists.
    /// </summary>
    static void WriteDifferences(TextWriter writer, EvaluationView evaluation, int width)
    {
        writer.WriteLine();
        var table = new TextTable(
            new Column($"{evaluation.Lists[0].Name} against", MaxWidth: 36),
            new Column($"NDCG@{evaluation.Depth}", Align.Right),
            new Column("interval"),
            new Column("verdict"));
        foreach (var other in evaluation.Differences)
            table.Add(
                other.Name,
                Intervals.Signed(other.Ndcg.Value),
                Intervals.SignedRange(other.Ndcg.Low, other.Ndcg.High),
                Intervals.Verdict(other.Ndcg.Low, other.Ndcg.High));
        table.Write(writer, width: width);
    }

    /// <summary>Writes one table per list.</summary>
    public static void WriteAll(TextWriter writer, IReadOnlyList<EvaluationView> evaluations, int width = TextTable.NoLimit)
    {
        for (int n = 0; n < evaluations.Count; n++)
        {
            if (n > 0)
                writer.WriteLine();
            Write(writer, evaluations[n], width);
        }
    }
}
