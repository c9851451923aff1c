using System.Globalization;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>The last part of the time: a duration (<c>14d</c>) or a share of the events (<c>20%</c>); exactly one is set.</summary>
public sealed record Holdout
{
    Holdout()
    {
    }

    /// <summary>Gets the duration, or null.</summary>
    public TimeSpan? Duration { get; private init; }

    /// <summary>Gets the share of the events, in (0, 1), or null.</summary>
    public double? Share { get; private init; }

    /// <summary>Makes a holdout of a duration.</summary>
    public static Holdout Of(TimeSpan duration) => new() { Duration = duration };

    /// <summary>Makes a holdout of a share of the events.</summary>
    public static Holdout Of(double share) => new() { Share = share };

    /// <inheritdoc/>
    public override string ToString() => Duration is { } duration
        ? DurationText.Format(duration)
        : string.Create(CultureInfo.InvariantCulture, $"{Share * 100}%");
}
