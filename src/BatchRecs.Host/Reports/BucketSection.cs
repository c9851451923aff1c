using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>The lists for parts of the users and of the items apart, and how far apart these are.</summary>
/// <param name="list">The lists.</param>
/// <param name="names">What the makers are called.</param>
sealed class BucketSection(ListEvaluation list, MakerNames names)
{
    readonly int _length = list.Makers[0].At[0].Length;

    /// <summary>Returns a chart per way of splitting.</summary>
    public Html ToHtml() => Html.Join(list.Buckets.Select(table => Html.Of(
        $"""
        <h3>{Heading(table.By)}</h3>
        {Chart(table).ToHtml()}
        {(table.Gaps.Count == 0 ? Html.Nothing : Gaps(table).ToHtml())}

        """)));

    static string Heading(string by) => by switch
    {
        BucketTable.Activity => "Users by how many events they had before",
        BucketTable.Popularity => "Test items by how well known they were",
        _ => "Users by the attribute of the job (evaluate.segments)",
    };

    IntervalChart Chart(BucketTable table)
    {
        string title = $"NDCG@{_length} of each part, with 95 % intervals";
        return new IntervalChart(
            title,
            [.. table.Buckets.Select(bucket => new ChartGroup(
                $"{bucket.Name} · {Numbers.Quantity(bucket.Users, "users")}",
                bucket.Makers.Count == 0
                    ? [new ChartRow("too few users", null, Figures.None, false)]
                    : [.. bucket.Makers.Where(maker => Kind(maker.Maker) != MakerKind.Scorer).Select(maker =>
                        ChartRow.Of(names.Of(maker.Maker, list), maker.Ndcg, Kind(maker.Maker) == MakerKind.Measured))]))],
            new DataTable(
                title,
                ["part", "users", "test items", "list", $"NDCG@{_length}", $"recall@{_length}"],
                [.. table.Buckets.SelectMany(bucket => bucket.Makers.Select(maker => new[]
                {
                    bucket.Name,
                    Numbers.Count(bucket.Users),
                    Numbers.Count(bucket.Pairs),
                    names.Of(maker.Maker, list),
                    Figures.WithInterval(maker.Ndcg),
                    Figures.WithInterval(maker.Recall),
                }))]));
    }

    DataTable Gaps(BucketTable table) => new(
        $"Gap in NDCG@{_length} between the best and the worst part",
        ["list", "best part", "worst part", "gap (95 % interval)"],
        [.. table.Gaps.Select(gap => new[] { names.Of(gap.Maker, list), gap.Best, gap.Worst, Figures.Signed(gap.Ndcg) })]);

    MakerKind Kind(string maker) => list.Makers.Single(one => one.Name == maker).Kind;
}
