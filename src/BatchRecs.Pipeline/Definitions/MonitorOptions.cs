using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Figures of served lists that are worth a warning; none of them refuses a release.</summary>
public sealed record MonitorOptions
{
    /// <summary>Gets how many nights in a row the served lists may do worse than recent popularity before somebody is warned.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 1000)]
    public int NightsBelow { get; init; } = 3;

    /// <summary>Gets the least share of the items that some list has in the first <c>guard.depth</c> ranks.</summary>
    [Range(0.0, 1.0)]
    public double? MinCoverage { get; init; }

    /// <summary>Gets the greatest Gini coefficient of the items' appearances in these ranks.</summary>
    [Range(0.0, 1.0)]
    public double? MaxGini { get; init; }

    /// <summary>Gets the least share of these ranks that items outside the best known fifth have.</summary>
    [Range(0.0, 1.0)]
    public double? MinTailShare { get; init; }

    /// <summary>Gets the greatest mean change of a list from one release to the next: 1 − Jaccard index of these ranks.</summary>
    [Range(0.0, 1.0)]
    public double? MaxChurn { get; init; }

    /// <summary>Gets the greatest population stability index of the scores from one release to the next.</summary>
    [Range(0.0, 100.0)]
    public double? MaxScoreDrift { get; init; }

    /// <summary>Gets the greatest Jensen-Shannon divergence, in bits, of what users take in two <see cref="Window"/>s.</summary>
    [Range(0.0, 1.0)]
    public double? MaxPopularityDrift { get; init; }

    /// <summary>Gets the length of the two periods whose events are compared.</summary>
    /// <value>The default is 7 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets the greatest share of what users take that was shown to them before; needs <see cref="Impressions"/>.</summary>
    [Range(0.0, 1.0)]
    public double? MaxRecommended { get; init; }

    /// <summary>Gets where it is written what users were shown; null = nowhere.</summary>
    public ImpressionOptions? Impressions { get; init; }
}

/// <summary>A table or a query in the warehouse with a row for each time that a list showed an item to a user.</summary>
/// <remarks>Exactly one of <see cref="Table"/> and <see cref="Query"/>.</remarks>
public sealed record ImpressionOptions
{
    /// <summary>Gets the table or view, with its schema where it has one.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the path of an SQL file with one select statement, relative to the project root.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the columns.</summary>
    public required ImpressionColumns Columns { get; init; }

    /// <summary>Gets the unit of an integer time column.</summary>
    /// <value>The default is <see cref="TimeUnit.Seconds"/>.</value>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Seconds;

    /// <summary>Gets how long after it was shown an item that is taken counts as recommended.</summary>
    /// <value>The default is one day.</value>
    [DurationRange("10s", "365d")]
    public TimeSpan Within { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>Which column of the impressions is what.</summary>
public sealed record ImpressionColumns
{
    /// <summary>Gets the column of the user id.</summary>
    public required string User { get; init; }

    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }

    /// <summary>Gets the column of the time.</summary>
    public required string Time { get; init; }
}
