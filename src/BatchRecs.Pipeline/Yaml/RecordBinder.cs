using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Binds a YAML mapping to a record of options, strictly: every key must be known, fit its type and keep its limits.</summary>
/// <remarks>All mistakes are noted, not only the first. Nothing is ever accepted and left aside.</remarks>
/// <param name="problems">Where mistakes are noted.</param>
/// <param name="shorthands">Keys that may be written shorter than their type says; asked first.</param>
sealed class RecordBinder(Problems problems, IShorthands shorthands)
{
    /// <summary>Binds a mapping to a record.</summary>
    /// <param name="type">A record whose properties all have an init setter.</param>
    /// <param name="node">The mapping.</param>
    /// <param name="path">Path of the mapping; empty for the file.</param>
    /// <returns>The record; null if it cannot even be begun.</returns>
    public object? Bind(Type type, YamlNode node, string path)
    {
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(Line(node), path, $"found {Describe(node)}; expected keys and values: {string.Join(", ", Keys(type))}.");
            return null;
        }
        object record = Activator.CreateInstance(type)!;
        var properties = type.GetProperties().Where(property => property.CanWrite).ToDictionary(property => ScalarReader.Word(property.Name));
        foreach (var (keyNode, value) in mapping.Children)
        {
            string key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (properties.Remove(key, out var property))
                BindProperty(record, property, value, Join(path, key));
            else
                problems.Add(Line(keyNode), Join(path, key), $"unknown key; {Suggestion.For(key, Keys(type))}");
        }
        foreach (var (key, missing) in properties.Where(entry => entry.Value.IsDefined(typeof(RequiredMemberAttribute))))
            problems.Add(Line(mapping), Join(path, key), $"missing; {Noun(missing.PropertyType)} is required.");
        return record;
    }

    void BindProperty(object record, PropertyInfo property, YamlNode node, string path)
    {
        if (!TryRead(property.PropertyType, property, node, path, out object? value))
            return;
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            if (!rule.IsValid(value))
                problems.Add(Line(node), path, $"found {Describe(node)}; {Expected(rule)}.");
        property.SetValue(record, value);
    }

    bool TryRead(Type declared, PropertyInfo? property, YamlNode node, string path, out object? value)
    {
        if (property is not null && shorthands.TryRead(property, node, path, this, out value))
            return true;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (ScalarReader.Knows(type))
            return TryReadScalar(type, node, path, out value);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return TryReadList(type.GetGenericArguments()[0], node, path, out value);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return TryReadDictionary(type.GetGenericArguments()[1], node, path, out value);
        value = Bind(type, node, path);
        return value is not null;
    }

    bool TryReadScalar(Type type, YamlNode node, string path, out object? value)
    {
        value = null;
        if (node is not YamlScalarNode { Value: { } text } || text.Length == 0)
        {
            problems.Add(Line(node), path, $"found {Describe(node)}; expected {Noun(type)}.");
            return false;
        }
        (value, string? expected) = ScalarReader.Read(type, text);
        if (expected is not null)
            problems.Add(Line(node), path, $"found '{text}'; {(expected.Contains('?', StringComparison.Ordinal) || expected.StartsWith("expected", StringComparison.Ordinal) ? expected : $"expected {expected}.")}");
        return expected is null;
    }

    bool TryReadList(Type element, YamlNode node, string path, out object? value)
    {
        value = null;
        if (node is not YamlSequenceNode sequence)
        {
            problems.Add(Line(node), path, $"found {Describe(node)}; expected a list, as in [a, b] or lines that begin with '-'.");
            return false;
        }
        var items = sequence.Children
            .Select((child, n) => TryRead(element, null, child, $"{path}[{n}]", out object? item) ? item : null)
            .Where(item => item is not null)
            .ToArray();
        var array = Array.CreateInstance(element, items.Length);
        Array.Copy(items, array, items.Length);
        value = array;
        return true;
    }

    bool TryReadDictionary(Type element, YamlNode node, string path, out object? value)
    {
        value = null;
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(Line(node), path, $"found {Describe(node)}; expected names and values.");
            return false;
        }
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (var (keyNode, child) in mapping.Children)
        {
            string key = (keyNode as YamlScalarNode)?.Value ?? "";
            // A name alone, as in `popular:` or `view: {}`, stands for all defaults.
            var entry = child is YamlScalarNode { Value: "" or null } && !ScalarReader.Knows(element) ? new YamlMappingNode() : child;
            if (TryRead(element, null, entry, Join(path, key), out object? item))
                dictionary[key] = item;
        }
        value = dictionary;
        return true;
    }

    /// <summary>Returns the line of a node, from 1.</summary>
    public static int Line(YamlNode node) => (int)node.Start.Line;

    /// <summary>Says what a node is, for messages.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => $"'{text}'",
        YamlScalarNode => "nothing",
        YamlSequenceNode => "a list",
        YamlMappingNode => "keys and values",
        _ => "an alias",
    };

    static IReadOnlyCollection<string> Keys(Type type) =>
        [.. type.GetProperties().Where(property => property.CanWrite).Select(property => ScalarReader.Word(property.Name))];

    static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    static string Expected(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => FormattableString.Invariant($"expected between {range.Minimum} and {range.Maximum}"),
        Definitions.DurationRangeAttribute range => $"expected between {range.Least} and {range.Greatest}",
        RegularExpressionAttribute pattern => $"expected the form {pattern.Pattern}",
        MinLengthAttribute length => $"expected at least {length.Length}",
        _ => "expected a value",
    };

    static string Noun(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type == typeof(string) ? "a text"
            : type == typeof(TimeSpan) ? "a duration such as 90d"
            : type == typeof(bool) ? "true or false"
            : type.IsPrimitive ? "a number"
            : type.IsEnum ? $"one of: {string.Join(", ", Enum.GetNames(type).Select(ScalarReader.Word))}"
            : type.IsGenericType ? "a list"
            : ScalarReader.Knows(type) ? "a value"
            : "keys and values";
    }
}
