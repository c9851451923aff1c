using System.Text.Json.Nodes;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>A file whose keys can be set one by one. JSON is YAML, so its text is what the reader gets.</summary>
sealed class SomeFile
{
    readonly JsonNode _root;

    SomeFile(JsonNode root) => _root = root;

    /// <summary>A job in which every section can be written.</summary>
    public static SomeFile Job() => new(JsonNode.Parse(
        """
        {
          "recommender": "movies",
          "sources": [
            {
              "table": "ratings", "columns": { "user": "u", "item": "i", "time": "t", "value": "v" }, "event": "rating",
              "incremental": { "watermark": "w", "key": "k", "deleted": { "table": "gone" } }
            },
            {
              "query": "jobs/queries/views.sql", "columns": { "user": "u", "item": "i", "time": "t", "event": "e" },
              "incremental": { "watermark": "w", "key": "k", "deleted": { "query": "jobs/queries/views.sql" } }
            }
          ],
          "incremental": {},
          "items": { "table": "films", "columns": { "item": "id", "categories": { "column": "genre" } } },
          "events": { "rating": {}, "view": {} },
          "scorers": { "als": {}, "recent": {}, "popular": {} },
          "precompute": { "allocate": [{ "name": "coverage" }, { "name": "exposure" }, { "name": "producers" }] },
          "explore": { "outcomes": { "table": "shown", "columns": { "user": "u", "item": "i", "time": "t" } } },
          "again": {},
          "live": { "eligible": { "table": "stock", "item": "id" }, "seen": { "table": "carts", "user": "u", "item": "i" } }
        }
        """)!);

    /// <summary>A schedule.</summary>
    public static SomeFile Schedule() => new(JsonNode.Parse("""{ "job": "jobs/movies.yaml", "cron": "0 3 * * *" }""")!);

    /// <summary>Sets a key; the sections above it are made where they are missing.</summary>
    /// <param name="path">A path such as <c>sources[0].columns.user</c>.</param>
    /// <param name="value">The value as JSON; null takes the key away.</param>
    public SomeFile With(string path, string? value)
    {
        string[] steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = _root;
        foreach (string step in steps[..^1])
            parent = step[0] == '[' ? parent[int.Parse(step[1..^1], null)]! : parent[step] ?? (parent[step] = new JsonObject());
        if (value is null)
            ((JsonObject)parent).Remove(steps[^1]);
        else
            parent[steps[^1]] = JsonNode.Parse(value);
        return this;
    }

    public override string ToString() => _root.ToString();
}
