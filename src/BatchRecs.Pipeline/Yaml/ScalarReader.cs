using System.Globalization;
using System.Reflection;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Reads one scalar of a YAML file as the type that a key has.</summary>
static class ScalarReader
{
    const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    static readonly Dictionary<Type, Func<string, object?>> Readers = new()
    {
        [typeof(string)] = text => text,
        [typeof(bool)] = text => text switch { "true" => true, "false" => false, _ => null },
        [typeof(int)] = text => int.TryParse(text, Whole, CultureInfo.InvariantCulture, out int number) ? number : null,
        [typeof(long)] = text => long.TryParse(text, Whole, CultureInfo.InvariantCulture, out long number) ? number : null,
        [typeof(double)] = text => Number(text),
        [typeof(TimeSpan)] = text => Duration(text),
        [typeof(ByteSize)] = text => ByteSize.TryParse(text, out var size) ? size : null,
        [typeof(Holdout)] = ReadHoldout,
        [typeof(Overlap)] = Overlap.Parse,
    };

    /// <summary>Reads a scalar.</summary>
    /// <param name="type">The type, without <see cref="Nullable{T}"/>.</param>
    /// <param name="property">The property behind the key; null for an entry of a list or a mapping.</param>
    /// <param name="text">The scalar.</param>
    /// <returns>The value; null if the text is no value of the type. Limits are not checked.</returns>
    public static object? Read(Type type, PropertyInfo? property, string text) =>
        type.IsEnum ? OptionKeys.WordsOf(type).GetValueOrDefault(text)
        : type == typeof(Tunable) ? ReadTunable(text, isDuration: property?.IsDefined(typeof(DurationRangeAttribute)) ?? false)
        : Readers[type](text);

    /// <summary>Tells whether values of a type are written as one scalar.</summary>
    /// <param name="type">The type, without <see cref="Nullable{T}"/>.</param>
    public static bool Knows(Type type) => type.IsEnum || type == typeof(Tunable) || Readers.ContainsKey(type);

    static Tunable? ReadTunable(string text, bool isDuration)
    {
        if (text == "tuned")
            return Tunable.Tuned;
        double? number = isDuration ? Duration(text)?.TotalDays : Number(text);
        return number >= 0 ? new Tunable(number) : null;
    }

    static Holdout? ReadHoldout(string text)
    {
        if (text.EndsWith('%'))
            return Number(text[..^1]) is { } percent and > 0 and < 100 ? Holdout.Of(percent / 100) : null;
        return Duration(text) is { } duration ? Holdout.Of(duration) : null;
    }

    static TimeSpan? Duration(string text) => DurationText.TryParse(text, out var duration) ? duration : null;

    static double? Number(string text) =>
        double.TryParse(text, Real, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
