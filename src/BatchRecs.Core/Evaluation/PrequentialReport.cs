namespace BatchRecs.Core.Evaluation;

/// <summary>How served lists did against the events that followed their publication: plain data, ready for JSON; nobody is named.</summary>
public sealed record PrequentialReport
{
    /// <summary>Gets the first instant that counts, in microseconds since 1970-01-01 UTC; the lists knew nothing from it on.</summary>
    public required long Since { get; init; }

    /// <summary>Gets the first instant that no longer counts, in microseconds since 1970-01-01 UTC.</summary>
    public required long Until { get; init; }

    /// <summary>Gets what the period held in all, also what could not be scored.</summary>
    public required SplitCounts Counts { get; init; }

    /// <summary>Gets the number of users that the figures are means over: those with test items and a stored list.</summary>
    public required int Users { get; init; }

    /// <summary>Gets the number of users with test items for whom no list was stored: readers gave them the popular list.</summary>
    public required int WithoutList { get; init; }

    /// <summary>Gets the half-life of the recent popularity beside, in days, picked on days before the publication.</summary>
    public required double RecentHalfLifeDays { get; init; }

    /// <summary>Gets the figures at each list length; the first length is the primary one.</summary>
    public required IReadOnlyList<PrequentialLength> At { get; init; }

    /// <summary>Gets what each source contributed at the primary length, in the order in which they appear in the lists.</summary>
    public required IReadOnlyList<SourceScore> Sources { get; init; }

    /// <summary>Gets how each rank did, up to the primary length.</summary>
    public required IReadOnlyList<RankScore> Ranks { get; init; }

    /// <summary>Gets how the lists did for each group of users at the primary length.</summary>
    public required IReadOnlyList<SegmentScore> Segments { get; init; }

    /// <summary>Gets how much of what users took was shown to them before; null where impressions are not known.</summary>
    public RecommendedShare? Recommended { get; init; }
}

/// <summary>The figures at one list length.</summary>
/// <param name="Length">List length N.</param>
/// <param name="Metrics">NDCG, recall and hit rate.</param>
public sealed record PrequentialLength(int Length, IReadOnlyDictionary<RankingMetric, ComparedScore> Metrics);

/// <summary>One metric of the served lists beside that of recent popularity, on the same users.</summary>
/// <param name="Served">Of the served lists.</param>
/// <param name="Recent">Of recent popularity.</param>
/// <param name="Difference">Served − recent, user by user.</param>
public sealed record ComparedScore(Interval Served, Interval Recent, Interval Difference);

/// <summary>What one source contributed.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Shown">Rows of it in the counted ranks.</param>
/// <param name="Hits">How many of them were taken.</param>
/// <param name="Ndcg">Its part of NDCG: the parts of all sources add up to the whole.</param>
public sealed record SourceScore(string Source, int Shown, int Hits, Interval Ndcg);

/// <summary>How one rank did.</summary>
/// <param name="Rank">The rank, from 1.</param>
/// <param name="Shown">Lists that reach it.</param>
/// <param name="Hits">How many of them had a hit there.</param>
/// <param name="HitRate">Hits over all users, in [0, 1].</param>
public sealed record RankScore(int Rank, int Shown, int Hits, Interval HitRate);

/// <summary>How the lists did for one group of users.</summary>
/// <param name="Segment">The group: <c>1-4 events</c>.</param>
/// <param name="Users">Its users.</param>
/// <param name="Ndcg">NDCG; null where the group has fewer than two users.</param>
public sealed record SegmentScore(string Segment, int Users, ComparedScore? Ndcg);
