using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchRecs.Host.Cli;

/// <summary>Answers for scripts: camelCase JSON, enums as the words of job files, times in ISO 8601, absent values as null.</summary>
static class JsonOutput
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // The answer goes to a terminal or a pipe, never into HTML: titles stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Writes one JSON document and a line break.</summary>
    public static void Write<T>(TextWriter writer, T answer) => writer.WriteLine(JsonSerializer.Serialize(answer, Options));
}
