using System.Text.Json;
using BatchRecs.Core.Guarding;

namespace BatchRecs.Host.Engines;

/// <summary>The metrics of a release as one flat list of named numbers, whatever re-rankers and allocators added to them.</summary>
static class ReleaseMetrics
{
    /// <summary>Reads the metrics as a release keeps them.</summary>
    /// <param name="json">What was counted while the release was built (<see cref="ReleaseFigures"/>); null = nothing was.</param>
    /// <returns>Numbers by name: <c>coverage</c>, <c>order.diversity</c>, <c>allocation.coverage.slots</c>.</returns>
    public static IReadOnlyDictionary<string, double> Read(string? json)
    {
        var metrics = new Dictionary<string, double>();
        if (json is null)
            return metrics;
        using var document = JsonDocument.Parse(json);
        Add(document.RootElement, "", metrics);
        return metrics;
    }

    static void Add(JsonElement value, string name, Dictionary<string, double> metrics)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                metrics[name] = value.GetDouble();
                break;
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                    Add(field.Value, Join(name, field.Name), metrics);
                break;
            case JsonValueKind.Array:
                // The steps of an allocation: of each its figures, under its name; a second step of a name takes the place of the first.
                foreach (var step in value.EnumerateArray())
                    if (step.TryGetProperty("allocator", out var allocator) && step.TryGetProperty("outcome", out var outcome))
                        Add(outcome.GetProperty("figures"), Join(name, allocator.GetString()!), metrics);
                break;
        }
    }

    static string Join(string name, string field) => name.Length == 0 ? field : $"{name}.{field}";
}
