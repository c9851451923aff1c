using System.Diagnostics.CodeAnalysis;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>Tells the types of options apart that hold several values: lists and dictionaries.</summary>
static class OptionTypes
{
    /// <summary>Returns the type of the entries of a list; null for other types.</summary>
    public static Type? ElementOfList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>Tells whether a type is a dictionary by name, and of what.</summary>
    public static bool IsDictionary(Type type, [NotNullWhen(true)] out Type? element)
    {
        bool isDictionary = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);
        element = isDictionary ? type.GetGenericArguments()[1] : null;
        return isDictionary;
    }
}
