namespace BatchRecs.Core.Evaluation;

/// <summary>The metrics of the primary length for parts of the users, or of the items, apart: who is served well and who is not.</summary>
public sealed record BucketTable
{
    /// <summary>The users by how many events they have in training.</summary>
    public const string Activity = "activity";

    /// <summary>The test items by how well known they are in training.</summary>
    public const string Popularity = "popularity";

    /// <summary>The users by the attribute that the job names.</summary>
    public const string Segment = "segment";

    /// <summary>Gets what the parts are made by.</summary>
    public required string By { get; init; }

    /// <summary>Gets the parts, those without users left out.</summary>
    public required IReadOnlyList<Bucket> Buckets { get; init; }

    /// <summary>Gets, per maker, how far apart its best and its worst part are; empty with fewer than two parts to compare.</summary>
    public required IReadOnlyList<BucketGap> Gaps { get; init; }
}

/// <summary>One part.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Users">Users with a test item in it.</param>
/// <param name="Pairs">Their test items in it.</param>
/// <param name="Makers">How each maker did there; empty below two users.</param>
public sealed record Bucket(string Name, int Users, int Pairs, IReadOnlyList<BucketFigure> Makers);

/// <summary>How one maker did in one part: its whole list against the test items of the part.</summary>
/// <param name="Maker">Its name.</param>
/// <param name="Ndcg">NDCG at the primary length.</param>
/// <param name="Recall">Recall at the primary length.</param>
public sealed record BucketFigure(string Maker, Interval Ndcg, Interval Recall);

/// <summary>How far apart the parts of one maker are.</summary>
/// <param name="Maker">Its name.</param>
/// <param name="Best">The part with the highest NDCG; of equal ones the first.</param>
/// <param name="Worst">The part with the lowest.</param>
/// <param name="Ndcg">Their difference. The two are picked after looking, so among many small parts some gap is always there.</param>
public sealed record BucketGap(string Maker, string Best, string Worst, Interval Ndcg);
