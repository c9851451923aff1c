using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>What an extract delivers, compared with the last good runs before anything is trained.</summary>
public sealed record InputGuardOptions
{
    /// <summary>Gets the options under which nothing is compared; written <c>input: none</c>.</summary>
    public static InputGuardOptions None { get; } = new() { Enabled = false };

    /// <summary>Gets a value indicating whether anything is compared.</summary>
    public bool Enabled { get; private init; } = true;

    /// <summary>Gets how many of the last good runs are compared with.</summary>
    /// <value>The default is 14.</value>
    [Range(1, 100)]
    public int History { get; init; } = 14;

    /// <summary>Gets the share by which rows, users and items may fall below the least of these runs.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0.0, 1.0)]
    public double MaxFall { get; init; } = 0.3;

    /// <summary>Gets the share by which rows, users and items may rise above the most of these runs; 1 is to twice as many.</summary>
    /// <value>The default is 1.</value>
    [Range(0.0, 1000.0)]
    public double MaxRise { get; init; } = 1;

    /// <summary>Gets by how much the share of rejected rows may rise.</summary>
    /// <value>The default is 0.005.</value>
    [Range(0.0, 1.0)]
    public double MaxRejectedRise { get; init; } = 0.005;

    /// <summary>Gets how much older than in any of these runs the newest event may be.</summary>
    /// <value>The default is 3 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan MaxAgeRise { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Gets the share of the events that may be of other types than in the most similar of these runs.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0.0, 1.0)]
    public double MaxTypeShift { get; init; } = 0.2;

    /// <summary>Gets by how much the share of duplicates may rise.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0, 1.0)]
    public double MaxDuplicatesRise { get; init; } = 0.05;
}

/// <summary>The figures of a run, compared with those of earlier good runs of the same definition.</summary>
public sealed record ControlOptions
{
    /// <summary>Gets the options under which nothing is compared; written <c>control: none</c>.</summary>
    public static ControlOptions None { get; } = new() { Enabled = false };

    /// <summary>Gets a value indicating whether anything is compared.</summary>
    public bool Enabled { get; private init; } = true;

    /// <summary>Gets how many of the last good runs are compared with.</summary>
    /// <value>The default is 14.</value>
    [Range(2, 100)]
    public int History { get; init; } = 14;

    /// <summary>Gets how many of them must be known before their spread says anything.</summary>
    /// <value>The default is 5.</value>
    [Range(2, 100)]
    public int MinRuns { get; init; } = 5;

    /// <summary>Gets how many times the usual spread a figure may lie off its median.</summary>
    /// <value>The default is 5.</value>
    [Range(0.0, 100.0)]
    public double Width { get; init; } = 5;

    /// <summary>Gets the share of the median that is allowed however little the figure spread.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.0, 10.0)]
    public double Tolerance { get; init; } = 0.1;
}

/// <summary>A changed definition, compared with that of the current release on the same past and the same users.</summary>
public sealed record ChampionOptions
{
    /// <summary>Gets the options under which nothing is compared; written <c>champion: none</c>.</summary>
    public static ChampionOptions None { get; } = new() { Enabled = false };

    /// <summary>Gets a value indicating whether anything is compared.</summary>
    public bool Enabled { get; private init; } = true;

    /// <summary>Gets the metrics that decide, at the first length of <c>evaluate.at</c>.</summary>
    /// <value>The default is <c>ndcg</c> and <c>recall</c>.</value>
    [MinLength(1)]
    public IReadOnlyList<RankingMetric> Metrics { get; init; } = [RankingMetric.Ndcg, RankingMetric.Recall];

    /// <summary>Gets the relative loss of NDCG that refuses even where it is not significant.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.001, 1.0)]
    public double MaxNdcgDrop { get; init; } = 0.05;

    /// <summary>Gets what happens where there are too few users to tell, or where nothing can be compared.</summary>
    /// <value>The default is <see cref="InconclusivePolicy.Publish"/>.</value>
    public InconclusivePolicy Inconclusive { get; init; } = InconclusivePolicy.Publish;

    /// <summary>Gets the share of the champion's coverage that may be lost.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0, 1.0)]
    public double MaxCoverageFall { get; init; } = 0.05;

    /// <summary>Gets the share by which the Gini coefficient of the exposure may rise.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0, 1000.0)]
    public double MaxGiniRise { get; init; } = 0.05;

    /// <summary>Gets the share by which the mean popularity of the items shown may rise.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0, 1000.0)]
    public double MaxPopularityRise { get; init; } = 0.05;

    /// <summary>Gets the share of the slots that new items must have.</summary>
    /// <value>The default is 0: nothing is asked for.</value>
    [Range(0.0, 1.0)]
    public double MinNewItems { get; init; }

    /// <summary>Gets the mean share of a list's items that may be others than the champion's.</summary>
    /// <value>The default is 0.6.</value>
    [Range(0.0, 1.0)]
    public double MaxChurn { get; init; } = 0.6;
}

/// <summary>What happens to a changed definition where there are too few users to tell whether it is worse.</summary>
public enum InconclusivePolicy
{
    /// <summary>Its release is published, and the verdict says how many users would decide.</summary>
    Publish,

    /// <summary>Its release is refused.</summary>
    Hold,
}
