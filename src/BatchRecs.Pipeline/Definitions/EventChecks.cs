using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that sources and event types fit together: an event whose type nobody knows would be left out silently.</summary>
/// <param name="job">The complete definition.</param>
/// <param name="problems">Where mistakes are noted.</param>
sealed class EventChecks(RefreshJob job, KeyProblems problems)
{
    readonly string[] _known = [.. job.Events.Keys];

    /// <summary>Checks everything.</summary>
    public void Check()
    {
        for (int n = 0; n < job.Sources.Count; n++)
            CheckSource(job.Sources[n], $"sources[{n}]");
        foreach (var (type, options) in job.Events)
            CheckType(type, options);
        if (job.Events.Values.All(options => options.Weight == 0 || options.Negative))
            problems.Add("events", "every event type has weight 0 or is negative; expected at least one that says what users want.");
        CheckKnown(job.Precompute.Seen.Events, "precompute.seen.events");
        CheckKnown(job.Again?.Events, "again.events");
        foreach (string type in job.Again?.Events ?? [])
            if (job.Events.TryGetValue(type, out var options) && options.Negative)
                problems.Add("again.events", $"'{type}' is negative; expected types of what users want to have again.");
    }

    void CheckSource(SourceOptions source, string path)
    {
        if (source.Event is not null && source.Columns.Event is not null)
            problems.Add($"{path}.event", "found an event type and columns.event; expected one of them: a constant, or a column.");
        if (source.EventNames.Count > 0 && source.Columns.Event is null)
            problems.Add($"{path}.eventNames", "found names for an event column; expected columns.event beside them.");
        foreach (var (name, type) in source.EventNames)
            CheckKnown([type], $"{path}.eventNames.{name}");

        if (source.Columns.Event is not null && !problems.IsWritten("events"))
            problems.Add($"{path}.columns.event", "the types in this column need weights; expected a section 'events' that names them.");
        else if (source.Event is { } type)
            CheckKnown([type], $"{path}.event");
        else if (source.Columns.Event is null && !_known.Contains(JobDefaults.EventName))
            problems.Add($"{path}.event", $"missing; expected one of the event types of this job: {string.Join(", ", _known)}.");
    }

    void CheckType(string type, EventOptions options)
    {
        if (options is { Negative: true, Value: ValueUse.Rating })
            problems.Add(
                $"events.{type}.value",
                "found 'rating' beside negative: true; expected 'none' or 'log1p': a rating says how much a user likes the item.");
        var sources = job.Sources
            .Where(source => source.Columns.Event is not null || (source.Event ?? JobDefaults.EventName) == type)
            .ToList();
        if (sources.Count == 0)
            problems.Add(
                $"events.{type}",
                $"no source has events of the type '{type}'; expected a source with event: {type}, or no such entry.");
        else if (sources.All(source => source.Columns.Value is null))
        {
            if (options.MinValue is not null)
                problems.Add($"events.{type}.minValue", "the events of this type have no value; expected columns.value in their source.");
            if (options.Value != ValueUse.None)
                problems.Add($"events.{type}.value", "the events of this type have no value; expected columns.value in their source.");
        }
    }

    void CheckKnown(IReadOnlyList<string>? types, string path)
    {
        foreach (string type in types ?? [])
            if (!_known.Contains(type))
                problems.Add(path, $"'{type}' is not among events; {Suggestion.For(type, _known)}");
    }
}
