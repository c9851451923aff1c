using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace BatchRecs.Store.Artifacts;

/// <summary>One JSON text for one value: members in ordinal order, no blanks.</summary>
public static class CanonicalJson
{
    /// <summary>Gets how all artifacts write JSON: camel case, enums by name, NaN and infinities as text.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    /// <summary>Writes a value; equal values give equal text, whatever the order of their dictionaries.</summary>
    /// <param name="value">A record, dictionary, list, number, text or null.</param>
    public static string Of(object? value) => Write(JsonSerializer.SerializeToNode(value, Options));

    /// <summary>Writes a JSON tree.</summary>
    internal static string Write(JsonNode? node)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
            Write(writer, node);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, member) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case JsonArray elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                    Write(writer, element);
                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
