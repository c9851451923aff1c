using System.Globalization;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Durations as they are written in job files: a number and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
public static class DurationText
{
    /// <summary>Reads a duration.</summary>
    /// <returns>False if the text is not a positive number and a unit.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2)
            return false;
        var digits = text.AsSpan(0, text.Length - 1);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return false;
        double seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        // Not-a-number is no duration either: it fails every comparison.
        if (seconds == 0 || !(number * seconds > 0 && number * seconds < TimeSpan.MaxValue.TotalSeconds))
            return false;
        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    /// <summary>Reads a duration that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var duration) ? duration : throw new FormatException($"'{text}' is no duration.");

    /// <summary>Writes a duration in the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        (double number, char unit) = duration switch
        {
            { Ticks: var t } when t % TimeSpan.TicksPerDay == 0 => (duration.TotalDays, 'd'),
            { Ticks: var t } when t % TimeSpan.TicksPerHour == 0 => (duration.TotalHours, 'h'),
            { Ticks: var t } when t % TimeSpan.TicksPerMinute == 0 => (duration.TotalMinutes, 'm'),
            _ => (duration.TotalSeconds, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
    }
}
