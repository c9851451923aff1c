using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Says in words what a key takes: type, range and the words that it knows.</summary>
static class Expectation
{
    /// <summary>Says what a key takes.</summary>
    public static string Of(PropertyInfo property) => Of(property.PropertyType, property);

    /// <summary>Says what a value of a type must be.</summary>
    /// <param name="declared">The type.</param>
    /// <param name="property">The property with limits and words; null for an entry of a list or a mapping.</param>
    public static string Of(Type declared, PropertyInfo? property)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        string range = property is null ? "" : Range(property);
        string text =
            type == typeof(string) ? property?.GetCustomAttribute<RegularExpressionAttribute>()?.ErrorMessage ?? "a text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? $"a whole number{range}"
            : type == typeof(double) ? $"a number{range}"
            : type == typeof(TimeSpan) ? $"a duration{range}, such as 90d, 12h, 30m or 10s"
            : type == typeof(ByteSize) ? "a size, such as 500MB, 20GB or 1.5TB"
            : type == typeof(Holdout) ? $"a duration{range}, such as 14d, or a share of the events, such as 20%"
            : type == typeof(Overlap) ? "a duration, such as 2d, or a whole number from 0 for a column that counts up, such as 10000"
            : type == typeof(Tunable) && range.Length > 0 ? $"a duration{range}, such as 7d, or 'tuned'"
            : type == typeof(Tunable) ? "a number that is not negative, or 'tuned'"
            : type.IsEnum ? $"one of: {string.Join(", ", OptionKeys.WordsOf(type).Keys)}"
            : OptionTypes.ElementOfList(type) is { } element ? List(element, property)
            : OptionTypes.IsDictionary(type, out _) ? $"names with their values, as in {{ name: value }}{AtLeast(property)}"
            : ChoiceOptions.Of(type) is { } choices ? $"keys with a name, which is one of: {string.Join(", ", choices.Names)}"
            : Record(type);
        return property is null ? text : text + Shorthands(property);
    }

    static string Record(Type type)
    {
        var keys = OptionKeys.Of(type);
        string all = keys.Count > 0 ? $"the keys {string.Join(", ", keys.Select(OptionKeys.Name))}" : "no keys";
        return keys.Any(OptionKeys.IsRequired) ? all : $"{all} ({{}} for the defaults)";
    }

    static string List(Type element, PropertyInfo? property) =>
        (ScalarReader.Knows(element)
            ? $"a list, as in {(element == typeof(int) ? "[10, 20]" : "[a, b]")}"
            : ChoiceOptions.Of(element) is { } choices
            ? $"a list whose entries have a name (one of: {string.Join(", ", choices.Names)}) and keys of their own"
            : $"a list whose entries have the keys {string.Join(", ", OptionKeys.NamesOf(element))}")
        + AtLeast(property);

    static string AtLeast(PropertyInfo? property) =>
        property?.GetCustomAttribute<MinLengthAttribute>() is null ? "" : ", with at least one entry";

    static string Range(PropertyInfo property) =>
        property.GetCustomAttribute<DurationRangeAttribute>() is { } durations ? $" from {durations.Least} to {durations.Greatest}"
        : property.GetCustomAttribute<RangeAttribute>() is { } range ? $" from {Number(range.Minimum)} to {Number(range.Maximum)}"
        : "";

    static string Number(object limit) => limit is double number
        ? number.ToString("0.#########", CultureInfo.InvariantCulture)
        : Convert.ToString(limit, CultureInfo.InvariantCulture)!;

    static string Shorthands(PropertyInfo property) =>
        property.GetCustomAttribute<WordAttribute>() is { } word ? $", or '{word.Text}'"
        : property.GetCustomAttribute<ShortForAttribute>() is { } key ? $", or the {key.Key} alone"
        : "";
}
