using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace BatchRecs.Pipeline.Yaml;

/// <summary>The keys of an options record and the words of an enum, as files write them.</summary>
static class OptionKeys
{
    /// <summary>Returns the properties that are keys: those that anybody may set, in the order of the record.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type record) =>
        [.. record.GetProperties().Where(property => property.SetMethod is { IsPublic: true })];

    /// <summary>Returns the keys of a record.</summary>
    public static IReadOnlyList<string> NamesOf(Type record) => [.. Of(record).Select(Name)];

    /// <summary>Returns the key of a property: <c>halfLife</c> for <c>HalfLife</c>.</summary>
    public static string Name(PropertyInfo property) => LowerFirst(property.Name);

    /// <summary>Tells whether a key must be given.</summary>
    public static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>Returns the words of an enum with their members; the member may name its word, as in <c>latest-event</c>.</summary>
    public static IReadOnlyDictionary<string, object> WordsOf(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            member => member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? LowerFirst(member.Name),
            member => member.GetValue(null)!);

    static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
