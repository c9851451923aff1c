using System.Globalization;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Reads one scalar of a YAML file as the type that a key has.</summary>
static class ScalarReader
{
    /// <summary>Reads a scalar.</summary>
    /// <param name="type">The type, without <see cref="Nullable{T}"/>.</param>
    /// <param name="text">The scalar.</param>
    /// <returns>The value, or what was expected.</returns>
    public static (object? Value, string? Expected) Read(Type type, string text)
    {
        if (type == typeof(string))
            return (text, null);
        if (type == typeof(bool))
            return text is "true" or "false" ? (text == "true", null) : (null, "true or false");
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? (number, null) : (null, "a whole number");
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large) ? (large, null) : (null, "a whole number");
        if (type == typeof(double))
            return TryNumber(text, out double real) ? (real, null) : (null, "a number");
        if (type == typeof(TimeSpan))
            return DurationText.TryParse(text, out var duration) ? (duration, null) : (null, "a duration such as 90d, 12h, 30m or 10s");
        if (type == typeof(Tunable))
            return ReadTunable(text);
        if (type == typeof(Holdout))
            return ReadHoldout(text);
        return ReadEnum(type, text);
    }

    /// <summary>Tells whether values of a type are written as one scalar.</summary>
    public static bool Knows(Type type) =>
        type.IsEnum || type.IsPrimitive || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Tunable) || type == typeof(Holdout);

    /// <summary>Writes the name of an enum member as job files have it: <c>LatestEvent</c> as <c>latest-event</c> or <c>latestEvent</c>.</summary>
    public static string Word(string member) => char.ToLowerInvariant(member[0]) + member[1..];

    static (object?, string?) ReadTunable(string text)
    {
        if (text == "tuned")
            return (Tunable.Tuned, null);
        // A half-life may be written with its unit; alone, the number is days.
        if (DurationText.TryParse(text, out var duration))
            return (new Tunable(duration.TotalDays), null);
        return TryNumber(text, out double number) && number >= 0 ? (new Tunable(number), null) : (null, "a number that is not negative, or 'tuned'");
    }

    static (object?, string?) ReadHoldout(string text)
    {
        if (text.EndsWith('%') && TryNumber(text[..^1], out double percent) && percent is > 0 and < 100)
            return (Holdout.Of(percent / 100), null);
        return DurationText.TryParse(text, out var duration) ? (Holdout.Of(duration), null) : (null, "a duration such as 14d, or a share of the events such as 20%");
    }

    static (object?, string?) ReadEnum(Type type, string text)
    {
        string plain = text.Replace("-", "", StringComparison.Ordinal);
        string[] names = Enum.GetNames(type);
        string? name = names.FirstOrDefault(name => name.Equals(plain, StringComparison.OrdinalIgnoreCase));
        return name is null ? (null, Suggestion.For(text, [.. names.Select(Word)])) : (Enum.Parse(type, name), null);
    }

    static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
