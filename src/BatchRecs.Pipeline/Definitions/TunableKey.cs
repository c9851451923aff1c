using System.Globalization;
using BatchRecs.Core.Searching;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>A key of a refresh job that a search may change.</summary>
/// <param name="Dimension">Its name, bounds, scale and present value; durations in days.</param>
/// <param name="With">Returns the definition with another value.</param>
public sealed record TunableKey(SearchDimension Dimension, Func<RefreshJob, double, RefreshJob> With)
{
    /// <summary>Gets the key as job files have it.</summary>
    public string Name => Dimension.Name;

    /// <summary>Gets the least value that the key takes at all.</summary>
    public required double LeastAllowed { get; init; }

    /// <summary>Gets the greatest value that the key takes at all.</summary>
    public required double GreatestAllowed { get; init; }

    /// <summary>Gets a value indicating whether the key is tried where the tune job does not name it.</summary>
    public bool IsDefault { get; init; } = true;

    /// <summary>Gets the key's value in the job that is tuned, for people: also words such as <c>tuned</c>.</summary>
    public string Present { get; init; } = "";

    /// <summary>Writes a value as job files have it.</summary>
    public string Format(double value) => Dimension.Grain == Grain.Days
        ? DurationText.Format(TimeSpan.FromHours(Math.Round(value * 24)))
        : value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>Reads a value as job files have it.</summary>
    /// <returns>Null if it is none, or one that the key does not take.</returns>
    public double? Read(string text)
    {
        double? value = Dimension.Grain == Grain.Days
            ? DurationText.TryParse(text, out var duration) ? duration.TotalDays : null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
        return value >= LeastAllowed && value <= GreatestAllowed && (Dimension.Grain != Grain.Whole || value % 1 == 0) ? value : null;
    }
}
