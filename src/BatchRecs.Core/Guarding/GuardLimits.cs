namespace BatchRecs.Core.Guarding;

/// <summary>The limits that a finished release must keep.</summary>
public sealed record GuardLimits
{
    /// <summary>Gets how many users must have a list.</summary>
    public int MinUsers { get; init; } = 1;

    /// <summary>Gets the length that 95 % of the lists must reach, or the length of a full list where that is smaller.</summary>
    public int MinListLength { get; init; } = 10;

    /// <summary>Gets the share of the eligible items that must appear in the counted ranks of some list.</summary>
    public double MinCoverage { get; init; } = 0.01;

    /// <summary>Gets the baselines that the evaluated lists must not be worse than.</summary>
    public IReadOnlyList<string> NoWorseThan { get; init; } = ["popular"];
}
