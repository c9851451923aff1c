using System.Globalization;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>The releases of a recommender.</summary>
static class ReleaseTable
{
    /// <summary>Writes the releases, one line each.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<ReleaseRow> releases, int width = TextTable.NoLimit)
    {
        if (releases.Count == 0)
        {
            writer.WriteLine("no releases yet");
            return;
        }
        Column[] notes = releases.Any(release => release.Note.Length > 0) ? [new Column("note", Folds: true)] : [];
        var table = new TextTable(
        [
            new Column("release", Align.Right),
            new Column("state"),
            new Column("published", Folds: true),
            new Column("retired", Folds: true),
            new Column("data until", Folds: true),
            new Column("run", Align.Right),
            new Column("rows", Align.Right),
            .. notes,
        ]);
        foreach (var release in releases)
            table.Add(
            [
                $"{release.ReleaseId}",
                release.State,
                Numbers.Time(release.PublishedAt),
                Numbers.Time(release.RetiredAt),
                Numbers.Time(release.DataUntil),
                $"{release.RunId}",
                Numbers.Count(release.Counts.Values.Sum()),
                .. notes.Select(_ => release.Note),
            ]);
        table.Write(writer, width: width);
    }

    /// <summary>Writes everything about one release.</summary>
    public static void WriteDetails(TextWriter writer, ReleaseRow release)
    {
        writer.WriteLine($"release {release.ReleaseId} of {release.Recommender}: {release.State}");
        if (release.Note.Length > 0)
            writer.WriteLine(release.Note);
        writer.WriteLine($"made by run {release.RunId}, {Numbers.Time(release.CreatedAt)}, "
            + $"from events until {Numbers.Time(release.DataUntil)}");
        if (release.PublishedAt is { } published)
            writer.WriteLine($"published {Numbers.Time(published)}"
                + (release.RetiredAt is { } retired ? $", retired {Numbers.Time(retired)}" : ""));
        writer.WriteLine();
        var figures = new TextTable(new Column("figure"), new Column("value", Align.Right));
        foreach (var (name, count) in release.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            figures.Add($"rows: {name}", Numbers.Count(count));
        foreach (var (name, value) in release.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            figures.Add(name, value.ToString("0.####", CultureInfo.InvariantCulture));
        figures.Write(writer);
        writer.WriteLine();
        writer.WriteLine("job file as it was:");
        writer.WriteLine();
        foreach (string line in release.JobText.TrimEnd().Split('\n'))
            writer.WriteLine($"  {line.TrimEnd()}".TrimEnd());
    }
}
