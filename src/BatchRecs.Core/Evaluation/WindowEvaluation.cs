namespace BatchRecs.Core.Evaluation;

/// <summary>One of several test periods, each with everything fitted anew before it.</summary>
public sealed record WindowEvaluation
{
    /// <summary>Gets the first instant of the test period, in microseconds since 1970-01-01 UTC.</summary>
    public required long TestFrom { get; init; }

    /// <summary>Gets the time of the newest event of the test period, in microseconds since 1970-01-01 UTC.</summary>
    public required long TestUntil { get; init; }

    /// <summary>Gets the number of users that were measured.</summary>
    public required int Users { get; init; }

    /// <summary>Gets how each maker of the main list did; empty where it could not be measured.</summary>
    public required IReadOnlyList<WindowFigure> Makers { get; init; }

    /// <summary>Gets why nothing could be measured; null where it could.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Makes the window of a main list that was measured.</summary>
    public static WindowEvaluation Of(long testFrom, long testUntil, ListEvaluation main) => new()
    {
        TestFrom = testFrom,
        TestUntil = testUntil,
        Users = main.MeasuredUsers,
        Makers = [.. main.Makers.Select(maker => new WindowFigure(
            maker.Name, maker.At[0].Metrics[RankingMetric.Ndcg], maker.At[0].Metrics[RankingMetric.Recall]))],
    };
}

/// <summary>How one maker did in one test period, at the primary length.</summary>
/// <param name="Maker">Its name.</param>
/// <param name="Ndcg">NDCG.</param>
/// <param name="Recall">Recall.</param>
public sealed record WindowFigure(string Maker, Interval Ndcg, Interval Recall);
