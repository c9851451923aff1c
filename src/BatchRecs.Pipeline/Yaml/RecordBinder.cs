using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Binds a YAML mapping to a record of options, strictly: every key must be known, fit its type and keep its limits.</summary>
/// <remarks>All mistakes are noted, not only the first. Nothing is ever accepted and left aside.</remarks>
/// <param name="problems">Where mistakes are noted.</param>
/// <param name="scorers">Says which options a scorer takes.</param>
sealed class RecordBinder(Problems problems, ScorerCatalog scorers)
{
    /// <summary>Binds a whole file to a record.</summary>
    /// <typeparam name="T">A record of options.</typeparam>
    /// <param name="root">The file.</param>
    /// <returns>The record; to be used only if no problem was noted.</returns>
    public T BindFile<T>(YamlMap root) where T : class => (T)Bind(typeof(T), root, new Place("", 0, null))!;

    /// <summary>Where a value stands.</summary>
    /// <param name="Path">Full path of its key; empty for the file.</param>
    /// <param name="Line">Line of its key, or of itself in a list; 0 for the file.</param>
    /// <param name="Property">The property behind the key; null for an entry of a list or a mapping.</param>
    readonly record struct Place(string Path, int Line, PropertyInfo? Property);

    object? Bind(Type type, YamlValue value, Place place)
    {
        if (value is not YamlMap map)
        {
            Refuse(type, value, place);
            return null;
        }
        object record = Activator.CreateInstance(type)!;
        var properties = OptionKeys.Of(type).ToDictionary(OptionKeys.Name);
        foreach (var entry in map.Entries)
        {
            string path = KeyPath.Join(place.Path, entry.Key);
            if (properties.Remove(entry.Key, out var property))
                BindProperty(record, property, entry, path);
            else
                problems.Add(entry.Line, path, $"unknown key; {Suggestion.For(entry.Key, OptionKeys.NamesOf(type))}");
        }
        foreach (var (key, missing) in properties.Where(entry => OptionKeys.IsRequired(entry.Value)))
            problems.Add(place.Line, KeyPath.Join(place.Path, key), $"missing; expected {Expectation.Of(missing)}.");
        return record;
    }

    void BindProperty(object record, PropertyInfo property, YamlEntry entry, string path)
    {
        var place = new Place(path, entry.Line, property);
        if (!TryReadShorthand(property, entry.Value, out object? value) && !TryRead(property.PropertyType, entry.Value, place, out value))
            return;
        if (property.GetCustomAttributes<ValidationAttribute>().Any(rule => !rule.IsValid(value)))
            Refuse(property.PropertyType, entry.Value, place);
        property.SetValue(record, value);
    }

    static bool TryReadShorthand(PropertyInfo property, YamlValue found, out object? value)
    {
        value = null;
        if (found is not YamlScalar { IsNothing: false, Text: { Length: > 0 } text })
            return false;
        if (property.GetCustomAttribute<WordAttribute>() is { } word && word.Text == text)
        {
            value = word.ValueFor(property.PropertyType);
            return true;
        }
        value = property.GetCustomAttribute<ShortForAttribute>()?.ValueFor(property.PropertyType, text);
        return value is not null;
    }

    /// <summary>Reads a value; false if it, or an entry of it, is wrong: that is noted, and nothing is to be said about the rest.</summary>
    bool TryRead(Type declared, YamlValue found, Place place, out object? value)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        value = ScalarReader.Knows(type) ? ReadScalar(type, found, place)
            : ChoiceOptions.Of(type) is { } choices ? ReadChoice(type, choices, found, place)
            : OptionTypes.ElementOfList(type) is { } element ? ReadList(type, element, found, place)
            : OptionTypes.IsDictionary(type, out var named) ? ReadDictionary(type, named, found, place)
            : Bind(type, found, place);
        return value is not null;
    }

    object? ReadScalar(Type type, YamlValue found, Place place)
    {
        bool blankAllowed = place.Property?.IsDefined(typeof(MayBeBlankAttribute)) ?? false;
        if (found is not YamlScalar { IsNothing: false, Text: { Length: > 0 } text } || (string.IsNullOrWhiteSpace(text) && !blankAllowed))
        {
            Refuse(type, found, place);
            return null;
        }
        object? value = ScalarReader.Read(type, place.Property, text);
        if (value is null)
            Refuse(type, found, place);
        return value;
    }

    Array? ReadList(Type type, Type element, YamlValue found, Place place)
    {
        if (found is not YamlList list)
        {
            Refuse(type, found, place);
            return null;
        }
        object?[] items = [.. list.Items.Select((item, n) =>
            TryRead(element, item, new Place($"{place.Path}[{n}]", item.Line, null), out object? value) ? value : null)];
        if (items.Contains(null))
            return null;
        var array = Array.CreateInstance(element, items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }

    object? ReadChoice(Type type, ChoiceOptions choices, YamlValue found, Place place)
    {
        if (found is not YamlMap map)
        {
            Refuse(type, found, place);
            return null;
        }
        string path = KeyPath.Join(place.Path, ChoiceOptions.NameKey);
        if (map.Find(ChoiceOptions.NameKey) is not { Value: YamlScalar { IsNothing: false, Text: var name } } named)
        {
            problems.Add(place.Line, path, $"missing; expected one of: {string.Join(", ", choices.Names)}.");
            return null;
        }
        if (choices.OptionsOf(name) is not { } options)
        {
            problems.Add(named.Line, path, $"found '{name}'; {Suggestion.For(name, choices.Names)}");
            return null;
        }
        var others = map with { Entries = [.. map.Entries.Where(entry => entry != named)] };
        return Activator.CreateInstance(type, name, Bind(options, others, place));
    }

    IDictionary? ReadDictionary(Type type, Type named, YamlValue found, Place place)
    {
        if (found is not YamlMap map)
        {
            Refuse(type, found, place);
            return null;
        }
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), named))!;
        foreach (var entry in map.Entries)
        {
            var inside = new Place(KeyPath.Join(place.Path, entry.Key), entry.Line, null);
            // The records of a dictionary of plain objects depend on the name: these are scorers.
            if ((named == typeof(object) ? scorers.OptionsOf(entry.Key) : named) is not { } element)
            {
                problems.Add(entry.Line, inside.Path, $"unknown scorer; {Suggestion.For(entry.Key, scorers.Names)}");
                continue;
            }
            // A name alone, as in `popular:`, stands for all defaults.
            bool isAlone = entry.Value is YamlScalar { IsNothing: true } && !ScalarReader.Knows(element);
            var value = isAlone ? new YamlMap(entry.Line, []) : entry.Value;
            if (TryRead(element, value, inside, out object? item))
                dictionary[entry.Key] = item;
        }
        return dictionary.Count == map.Entries.Count ? dictionary : null;
    }

    void Refuse(Type type, YamlValue found, Place place)
    {
        if (found is YamlUnreadable)
            return;
        string expected = type.IsEnum && found is YamlScalar { IsNothing: false } word
            ? Suggestion.For(word.Text, [.. OptionKeys.WordsOf(type).Keys])
            : $"expected {Expectation.Of(type, place.Property)}.";
        problems.Add(place.Line, place.Path, $"found {Describe(found)}; {expected}");
    }

    static string Describe(YamlValue found) => found switch
    {
        YamlScalar { IsNothing: true } => "nothing",
        YamlScalar { Text: "" } => "an empty text",
        YamlScalar scalar => $"'{scalar.Text}'",
        YamlList { Items: [] } => "an empty list",
        YamlList => "a list",
        YamlMap { Entries: [] } => "an empty mapping",
        _ => "keys and values",
    };
}
