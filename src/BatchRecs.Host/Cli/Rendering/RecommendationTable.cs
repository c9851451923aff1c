using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>Lists of items: recommendations of a user, items similar to an item.</summary>
static class RecommendationTable
{
    /// <summary>Writes the list of a user.</summary>
    public static void Write(TextWriter writer, RecommendationListView list, int width = TextTable.NoLimit)
    {
        writer.WriteLine(list.HasOwnList
            ? $"{list.Recommender}: user {list.UserId}, release {list.ReleaseId}"
            : $"{list.Recommender}: user {list.UserId} has no list of their own; the popular list, release {list.ReleaseId}");
        writer.WriteLine();
        var table = new TextTable(
            new Column("rank", Align.Right),
            new Column("item"),
            new Column("title", Folds: true),
            new Column("score", Align.Right),
            new Column("source"),
            new Column("reason", Folds: true));
        foreach (var row in list.Items)
            table.Add($"{row.Rank}", row.ItemId, row.Title, Numbers.Score(row.Score), row.Source, Words.Reason(row));
        table.Write(writer, width: width);
    }

    /// <summary>Writes the items similar to one item.</summary>
    public static void Write(TextWriter writer, SimilarListView list, int width = TextTable.NoLimit)
    {
        string title = list.Title is null ? "" : $" ({list.Title})";
        writer.WriteLine($"{list.Recommender}: similar to {list.ItemId}{title}, release {list.ReleaseId}");
        writer.WriteLine();
        var table = new TextTable(
            new Column("rank", Align.Right),
            new Column("item"),
            new Column("title", Folds: true),
            new Column("score", Align.Right),
            new Column("source"));
        foreach (var row in list.Items)
            table.Add($"{row.Rank}", row.ItemId, row.Title, Numbers.Score(row.Score), row.Source);
        table.Write(writer, width: width);
    }
}
