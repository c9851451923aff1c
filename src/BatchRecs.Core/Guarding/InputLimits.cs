namespace BatchRecs.Core.Guarding;

/// <summary>How far what an extract delivers may lie outside of what the last good runs had.</summary>
public sealed record InputLimits
{
    /// <summary>Gets the share by which rows, users and items may fall below the least of the last good runs.</summary>
    public double MaxFall { get; init; } = 0.3;

    /// <summary>Gets the share by which rows, users and items may rise above the most of these runs; 1 = to twice as many.</summary>
    public double MaxRise { get; init; } = 1;

    /// <summary>Gets by how much the share of rejected rows may rise.</summary>
    public double MaxRejectedRise { get; init; } = 0.005;

    /// <summary>Gets how many days older the newest event may be than in any of the last good runs.</summary>
    public double MaxAgeRiseDays { get; init; } = 3;

    /// <summary>Gets the greatest total variation distance of the event-type mix from the nearest of the last good runs.</summary>
    public double MaxTypeShift { get; init; } = 0.2;

    /// <summary>Gets by how much the share of duplicates may rise.</summary>
    public double MaxDuplicatesRise { get; init; } = 0.05;
}
