using System.Globalization;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>How far behind a watermark rows are read again: a duration (<c>2d</c>), or steps of a counter (<c>10000</c>).</summary>
public sealed record Overlap
{
    Overlap()
    {
    }

    /// <summary>Gets the duration, or null.</summary>
    public TimeSpan? Duration { get; private init; }

    /// <summary>Gets the steps, or null.</summary>
    public long? Steps { get; private init; }

    /// <summary>Reads an overlap.</summary>
    /// <returns>Null if the text is neither a duration nor a whole number from 0.</returns>
    public static Overlap? Parse(string text) =>
        DurationText.TryParse(text, out var duration) ? new() { Duration = duration }
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? new() { Steps = steps }
        : null;

    /// <inheritdoc/>
    public override string ToString() =>
        Duration is { } duration ? DurationText.Format(duration) : Steps!.Value.ToString(CultureInfo.InvariantCulture);
}
