using BatchRecs.Host.Cli.Views;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>The rows that a run could not use, source by source.</summary>
static class RejectedTable
{
    /// <summary>Writes, for each source, how many rows were rejected for which reason, then the rows that were kept.</summary>
    public static void Write(TextWriter writer, RejectedView view, int width = TextTable.NoLimit)
    {
        if (view.Rows.Count == 0)
        {
            writer.WriteLine($"{view.Recommender}: run {view.RunId} rejected no row that is kept");
            return;
        }
        foreach (var source in view.Rows.GroupBy(row => row.Source))
        {
            writer.WriteLine($"{view.Recommender}: run {view.RunId} rejected rows of {source.Key}");
            foreach (var reason in source.GroupBy(row => (row.Reason, row.Column)))
                writer.WriteLine(
                    $"  {Numbers.Count(reason.First().OfRows)} because {reason.Key.Reason} (column {reason.Key.Column}), "
                    + $"{Numbers.Count(reason.Count())} of them here");
            writer.WriteLine();
            WriteRows(writer, source, width);
            writer.WriteLine();
        }
    }

    static void WriteRows(TextWriter writer, IEnumerable<QuarantinedRow> rows, int width)
    {
        const int Widest = 40;
        var table = new TextTable(
            new Column("reason", Folds: true),
            new Column("user", MaxWidth: Widest),
            new Column("item", MaxWidth: Widest),
            new Column("time", MaxWidth: Widest),
            new Column("value", MaxWidth: Widest));
        foreach (var row in rows)
            table.Add([row.Reason, .. new[] { row.User, row.Item, row.Time, row.Value }.Select(StoredText.ToShow)]);
        table.Write(writer, indent: 2, width);
    }
}
