using System.Reflection;
using BatchRecs.Pipeline.Yaml;
using YamlDotNet.RepresentationModel;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>What job files may write shorter: <c>seen: none</c>, <c>within: all</c>, <c>halfLife: never</c>, <c>categories: genres</c>; and scorers by name.</summary>
sealed class JobShorthands(Problems problems) : IShorthands
{
    public bool TryRead(PropertyInfo property, YamlNode node, string path, RecordBinder binder, out object? value)
    {
        string? word = (node as YamlScalarNode)?.Value;
        (bool isShort, value) = (property.DeclaringType!.Name, property.Name, word) switch
        {
            (nameof(PrecomputeOptions), nameof(PrecomputeOptions.Seen), "none") => (true, (object?)new SeenOptions { Enabled = false }),
            (nameof(SeenOptions), nameof(SeenOptions.Within), "all") => (true, null),
            (nameof(EventOptions), nameof(EventOptions.HalfLife), "never") => (true, null),
            (nameof(ItemColumns), nameof(ItemColumns.Categories), { Length: > 0 }) => (true, new CategoriesColumn { Column = word }),
            (nameof(RefreshJob), nameof(RefreshJob.Scorers), _) when node is YamlMappingNode scorers => (true, Scorers(scorers, path, binder)),
            _ => (false, null),
        };
        return isShort;
    }

    Dictionary<string, object> Scorers(YamlMappingNode node, string path, RecordBinder binder)
    {
        var scorers = new Dictionary<string, object>();
        foreach (var (keyNode, value) in node.Children)
        {
            string name = (keyNode as YamlScalarNode)?.Value ?? "";
            var entry = value is YamlScalarNode { Value: "" or null } ? new YamlMappingNode() : value;
            if (Catalogs.Scorers.All.OptionsOf(name) is not { } options)
                problems.Add(RecordBinder.Line(keyNode), $"{path}.{name}", $"unknown scorer; {Suggestion.For(name, Catalogs.Scorers.All.Names)}");
            else if (binder.Bind(options, entry, $"{path}.{name}") is { } bound)
                scorers.Add(name, bound);
        }
        return scorers;
    }
}
