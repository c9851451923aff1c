using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>How two releases differ.</summary>
static class ReleaseDifferenceTable
{
    /// <summary>Writes the figures, then the items and, where they were asked for, the users.</summary>
    public static void Write(TextWriter writer, ReleaseDifferenceView view, int width = TextTable.NoLimit)
    {
        var difference = view.Difference;
        writer.WriteLine($"{view.Recommender}: release {view.After} against release {view.Before}, first {difference.Depth} ranks");
        writer.WriteLine();
        WriteFigures(writer, view);
        if (difference.Shifts.Count > 0)
            WriteItems(writer, view, "Items whose share of the lists changed most", difference.Shifts, width);
        if (difference.ItemsIn > 0)
            WriteItems(writer, view, $"{Numbers.Quantity(difference.ItemsIn, "items")} came in", difference.In, width);
        if (difference.ItemsOut > 0)
            WriteItems(writer, view, $"{Numbers.Quantity(difference.ItemsOut, "items")} went out", difference.Out, width);
        if (view.ShowsUsers)
            WriteUsers(writer, difference.MostChanged, width);
    }

    static void WriteFigures(TextWriter writer, ReleaseDifferenceView view)
    {
        var difference = view.Difference;
        var table = new TextTable(new Column("figure"), new Column("value", Align.Right));
        table.Add("users with a list in both", Numbers.Count(difference.Churn?.Users ?? 0));
        table.Add($"users with a list in release {view.Before} only", Numbers.Count(difference.UsersOnlyBefore));
        table.Add($"users with a list in release {view.After} only", Numbers.Count(difference.UsersOnlyAfter));
        if (difference.Churn is { } churn)
        {
            table.Add($"overlap@{churn.Depth}", Numbers.Measure(churn.Overlap));
            table.Add($"Jaccard@{churn.Depth}", Numbers.Measure(churn.Jaccard));
            table.Add(
                FormattableString.Invariant($"rank-biased overlap (p = {RankBiasedOverlap.Persistence})"),
                Numbers.Measure(churn.RankBiased));
            table.Add("share of changed lists", Numbers.Measure(churn.Changed));
        }
        table.Write(writer);
    }

    static void WriteItems(
        TextWriter writer, ReleaseDifferenceView view, string title, IReadOnlyList<ItemShift> shifts, int width)
    {
        writer.WriteLine();
        writer.WriteLine(title);
        writer.WriteLine();
        var table = new TextTable(
            new Column("item", MaxWidth: 40),
            new Column($"lists of {view.Before}", Align.Right),
            new Column($"lists of {view.After}", Align.Right),
            new Column("change of share", Align.Right));
        foreach (var shift in shifts)
            table.Add(
                shift.ItemId,
                Numbers.Count(shift.Before),
                Numbers.Count(shift.After),
                FormattableString.Invariant($"{shift.Change * 100:+0.00;-0.00;0.00} points"));
        table.Write(writer, width: width);
    }

    static void WriteUsers(TextWriter writer, IReadOnlyList<UserChange> users, int width)
    {
        writer.WriteLine();
        writer.WriteLine(users.Count == 0 ? "No user's list changed." : "Users whose lists changed most");
        if (users.Count == 0)
            return;
        writer.WriteLine();
        var table = new TextTable(new Column("user", MaxWidth: 40), new Column("rank-biased overlap", Align.Right));
        foreach (var user in users)
            table.Add(user.UserId, Numbers.Measure(user.RankBiased));
        table.Write(writer, width: width);
    }
}
