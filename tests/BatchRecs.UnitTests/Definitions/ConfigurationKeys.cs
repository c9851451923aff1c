using System.Collections;
using System.Reflection;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>A key that a file may have.</summary>
/// <param name="Path">Its path: <c>sources[].columns.user</c>, <c>events.NAME.weight</c>, <c>scorers.als.factors</c>.</param>
/// <param name="Property">The property behind it.</param>
/// <param name="Default">Its value where the file does not have it; null also where it must be given.</param>
sealed record ConfigurationKey(string Path, PropertyInfo Property, object? Default);

/// <summary>Finds every key of a kind of file by walking its records.</summary>
static class ConfigurationKeys
{
    /// <summary>Returns the keys of a record and of the records inside it.</summary>
    public static IEnumerable<ConfigurationKey> Of(Type record) => Of(record, "");

    static IEnumerable<ConfigurationKey> Of(Type record, string path)
    {
        object defaults = Activator.CreateInstance(record)!;
        foreach (var property in OptionKeys.Of(record))
        {
            string key = KeyPath.Join(path, OptionKeys.Name(property));
            yield return new ConfigurationKey(key, property, property.GetValue(defaults));
            foreach (var nested in Inside(property.PropertyType, key))
                yield return nested;
        }
    }

    static IEnumerable<ConfigurationKey> Inside(Type type, string key)
    {
        if (OptionTypes.ElementOfList(type) is { } entry && ChoiceOptions.Of(entry) is { } choices)
            return choices.Names.SelectMany(name => Of(choices.OptionsOf(name)!, $"{key}[{name}]"));
        if (OptionTypes.ElementOfList(type) is { } element)
            return IsRecord(element) ? Of(element, $"{key}[]") : [];
        if (OptionTypes.IsDictionary(type, out var named))
            return named == typeof(object) ? Scorers.All.SelectMany(scorer => Of(scorer.Value, $"{key}.{scorer.Key}"))
                : IsRecord(named) ? Of(named, $"{key}.NAME")
                : [];
        return IsRecord(type) ? Of(type, key) : [];
    }

    static bool IsRecord(Type type) =>
        !ScalarReader.Knows(Nullable.GetUnderlyingType(type) ?? type) && !type.IsAssignableTo(typeof(IEnumerable));
}
