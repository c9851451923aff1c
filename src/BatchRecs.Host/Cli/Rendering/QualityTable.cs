using System.Globalization;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>How the served lists of a recommender did: its nights, the last of them in full, and the figures of its releases.</summary>
static class QualityTable
{
    /// <summary>Writes everything; what is not there is left out.</summary>
    public static void Write(TextWriter writer, QualityView quality, int width = TextTable.NoLimit)
    {
        if (quality.Last is { } last)
        {
            WriteNights(writer, quality.Nights, width);
            writer.WriteLine();
            WriteLast(writer, quality.Nights[0], last, width);
        }
        else
        {
            writer.WriteLine("no night was scored yet: the first run after users took something new scores the release they had then");
        }
        if (quality.Releases.Count > 0)
        {
            writer.WriteLine();
            WriteReleases(writer, quality.Releases, width);
        }
        foreach (string warning in quality.Warnings.Concat(
            quality.Releases.SelectMany(release => release.Figures.Warnings.Select(text => $"release {release.ReleaseId}: {text}"))))
            writer.WriteLine($"warning: {warning}");
    }

    static void WriteNights(TextWriter writer, IReadOnlyList<NightRow> nights, int width)
    {
        writer.WriteLine("Served lists against what users took while they were served; intervals are 95 %.");
        writer.WriteLine();
        Column[] recommended = nights.Any(night => night.Recommended is not null) ? [new Column("recommended", Align.Right)] : [];
        var table = new TextTable(
        [
            new Column("release", Align.Right),
            new Column("until", Folds: true),
            new Column("days", Align.Right),
            new Column("users", Align.Right),
            new Column($"NDCG@{nights[0].Depth}", Align.Right),
            new Column("interval"),
            new Column("recent popularity", Align.Right),
            new Column("difference", Align.Right),
            new Column("interval"),
            new Column("verdict", Folds: true),
            .. recommended,
        ]);
        foreach (var night in nights)
            table.Add(
            [
                $"{night.ReleaseId}",
                Numbers.Time(night.Until),
                night.Days.ToString("0.0", CultureInfo.InvariantCulture),
                Numbers.Count(night.Users),
                Numbers.Measure(night.Ndcg.Value),
                Intervals.Range(night.Ndcg.Low, night.Ndcg.High),
                Numbers.Measure(night.Recent.Value),
                Intervals.Signed(night.Difference.Value),
                Intervals.SignedRange(night.Difference.Low, night.Difference.High),
                Intervals.Verdict(night.Difference.Low, night.Difference.High),
                .. recommended.Select(_ => night.Recommended is { } share ? Numbers.Percent(share) : ""),
            ]);
        table.Write(writer, width: width);
    }

    static void WriteLast(TextWriter writer, NightRow night, PrequentialReport report, int width)
    {
        writer.WriteLine($"Release {night.ReleaseId} up to {Numbers.Time(night.Until)}: {Numbers.Quantity(report.Users, "users")}; "
            + $"{Numbers.Count(report.WithoutList)} more had no list of their own; recent popularity halves in "
            + $"{report.RecentHalfLifeDays.ToString("0.##", CultureInfo.InvariantCulture)} d.");
        writer.WriteLine();
        WriteSources(writer, night.Depth, report.Sources, width);
        writer.WriteLine();
        WriteRanks(writer, report.Ranks, width);
        writer.WriteLine();
        WriteSegments(writer, night.Depth, report.Segments, width);
    }

    static void WriteSources(TextWriter writer, int depth, IReadOnlyList<SourceScore> scores, int width)
    {
        var sources = new TextTable(
            new Column("source"),
            new Column("shown", Align.Right),
            new Column("hits", Align.Right),
            new Column("hit rate", Align.Right),
            new Column($"part of NDCG@{depth}", Align.Right),
            new Column("interval"));
        foreach (var source in scores)
            sources.Add(
                source.Source,
                Numbers.Count(source.Shown),
                Numbers.Count(source.Hits),
                Numbers.Percent((double)source.Hits / source.Shown),
                Numbers.Measure(source.Ndcg.Estimate),
                Intervals.Range(source.Ndcg.Low, source.Ndcg.High));
        sources.Write(writer, width: width);
    }

    static void WriteRanks(TextWriter writer, IReadOnlyList<RankScore> scores, int width)
    {
        var ranks = new TextTable(
            new Column("rank", Align.Right), new Column("hits", Align.Right), new Column("hit rate", Align.Right), new Column("interval"));
        foreach (var rank in scores)
            ranks.Add(
                $"{rank.Rank}",
                Numbers.Count(rank.Hits),
                Numbers.Measure(rank.HitRate.Estimate),
                Intervals.Range(rank.HitRate.Low, rank.HitRate.High));
        ranks.Write(writer, width: width);
    }

    static void WriteSegments(TextWriter writer, int depth, IReadOnlyList<SegmentScore> scores, int width)
    {
        var segments = new TextTable(
            new Column("users with"),
            new Column("users", Align.Right),
            new Column($"NDCG@{depth}", Align.Right),
            new Column("recent popularity", Align.Right),
            new Column("difference", Align.Right),
            new Column("interval"));
        foreach (var (segment, users, ndcg) in scores)
            if (ndcg is not null)
                segments.Add(
                    segment,
                    Numbers.Count(users),
                    Numbers.Measure(ndcg.Served.Estimate),
                    Numbers.Measure(ndcg.Recent.Estimate),
                    Intervals.Signed(ndcg.Difference.Estimate),
                    Intervals.SignedRange(ndcg.Difference.Low, ndcg.Difference.High));
        segments.Write(writer, width: width);
    }

    static void WriteReleases(TextWriter writer, IReadOnlyList<ReleaseFiguresRow> releases, int width)
    {
        var table = new TextTable(
            new Column("release", Align.Right),
            new Column($"coverage@{releases[0].Figures.Depth}", Align.Right),
            new Column("Gini", Align.Right),
            new Column("tail share", Align.Right),
            new Column("against", Align.Right),
            new Column("changed lists", Align.Right),
            new Column("churn", Align.Right),
            new Column("score drift", Align.Right),
            new Column("popularity drift", Align.Right));
        foreach (var (id, figures) in releases)
            table.Add(
                $"{id}",
                Numbers.Percent(figures.Coverage),
                Numbers.Measure(figures.Gini),
                Numbers.Percent(figures.TailShare),
                figures.PreviousReleaseId is { } previous ? $"{previous}" : "",
                figures.Churn is { } churn ? Numbers.Percent(churn.Changed) : "",
                figures.Churn is { } change ? Numbers.Measure(1 - change.Jaccard) : "",
                figures.ScoreDrift is { } scores ? Numbers.Measure(scores) : "",
                figures.PopularityDrift is { } popularity ? Numbers.Measure(popularity) : "");
        table.Write(writer, width: width);
    }
}
