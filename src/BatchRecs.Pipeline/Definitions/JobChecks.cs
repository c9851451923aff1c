using BatchRecs.Core.Ranking;
using BatchRecs.Pipeline.Yaml;
using YamlDotNet.RepresentationModel;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks what keys say together.</summary>
/// <param name="problems">Where mistakes are noted.</param>
/// <param name="root">The file, for line numbers.</param>
/// <param name="projectRoot">The folder that paths are relative to.</param>
sealed class JobChecks(Problems problems, YamlMappingNode root, string projectRoot)
{
    /// <summary>The baselines that every evaluation has, besides the scorers of the job.</summary>
    static readonly string[] Baselines = ["popular", "last-7-days", "recent"];

    /// <summary>Checks a definition.</summary>
    /// <param name="written">As the file has it.</param>
    /// <param name="job">With defaults filled in.</param>
    public void Check(RefreshJob written, RefreshJob job)
    {
        for (int n = 0; n < job.Sources.Count; n++)
            CheckSource(job.Sources[n], $"sources[{n}]", written.Events.Count > 0);
        if (job.Items is { } items)
            CheckRelation(items.Table, items.Query, "items");
        CheckQuery(job.Exclude.Items, "exclude.items");
        CheckQuery(job.Exclude.Pairs, "exclude.pairs");
        CheckTimeZone(job);
        CheckEvents(job);
        CheckBlend(job);
        CheckEvaluation(job);
        if (job.Precompute.Candidates < job.Precompute.Count)
            Add("precompute.candidates", $"found {job.Precompute.Candidates}; expected at least precompute.count, {job.Precompute.Count}.");
        if (job.Precompute.Candidates > ReciprocalRankFusion.MaxCandidates)
            Add("precompute.candidates", $"found {job.Precompute.Candidates}; expected at most {ReciprocalRankFusion.MaxCandidates}.");
    }

    void CheckSource(SourceOptions source, string path, bool eventsGiven)
    {
        CheckRelation(source.Table, source.Query, path);
        if (source.Event is not null && source.Columns.Event is not null)
            Add($"{path}.event", "found an event type and columns.event; expected one of them: a constant, or a column.");
        if (source.Columns.Event is not null && !eventsGiven)
            Add($"{path}.columns.event", "the types in this column need weights; expected a section 'events' that names them.");
        if (source.EventNames.Count > 0 && source.Columns.Event is null)
            Add($"{path}.eventNames", "found names for an event column; expected columns.event beside them.");
    }

    void CheckRelation(string? table, string? query, string path)
    {
        if (table is null == query is null)
            Add(path, table is null ? "found neither table nor query; expected one of them." : "found table and query; expected one of them.");
        CheckQuery(query, $"{path}.query");
    }

    void CheckQuery(string? query, string path)
    {
        if (query is null)
            return;
        string full = Path.GetFullPath(query, projectRoot);
        if (!full.StartsWith(Path.GetFullPath(projectRoot) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            Add(path, $"found '{query}'; expected a file inside the project.");
        else if (!File.Exists(full))
            Add(path, $"there is no file '{query}'; expected an SQL file with one select statement, its path relative to the project root.");
    }

    void CheckTimeZone(RefreshJob job)
    {
        if (job.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            Add("timeZone", $"found '{zone}', which is no time zone; expected a name such as Europe/Berlin.");
    }

    void CheckEvents(RefreshJob job)
    {
        string[] known = [.. job.Events.Keys];
        for (int n = 0; n < job.Sources.Count; n++)
            if (job.Sources[n].Event is { } type && !known.Contains(type))
                Add($"sources[{n}].event", $"'{type}' is not among events; {Suggestion.For(type, known)}");
        CheckTypes(job.Precompute.Seen.Events, "precompute.seen.events", known);
        CheckTypes(job.Again?.Events, "again.events", known);
        if (job.Events.All(entry => entry.Value.Weight == 0))
            Add("events", "every event type has weight 0; expected at least one that is learnt from.");
    }

    void CheckTypes(IReadOnlyList<string>? types, string path, string[] known)
    {
        foreach (string type in types ?? [])
            if (!known.Contains(type))
                Add(path, $"'{type}' is not among events; {Suggestion.For(type, known)}");
    }

    void CheckBlend(RefreshJob job)
    {
        foreach (string name in job.Blend.Keys.Except(job.Scorers.Keys))
            Add($"blend.{name}", $"'{name}' is not among scorers; {Suggestion.For(name, [.. job.Scorers.Keys])}");
        foreach (string name in job.Scorers.Keys.Except(job.Blend.Keys))
            Add("blend", $"scorer '{name}' has no weight; expected blend.{name}: a number or tuned.");
        if (job.Blend.Count > 0 && job.Blend.Values.All(weight => weight.Value == 0))
            Add("blend", "every weight is 0; expected at least one that is not.");
        if (job.Scorers.Count > BlendTuner.MaxScorers)
            Add("scorers", $"found {job.Scorers.Count}; expected at most {BlendTuner.MaxScorers}.");
    }

    void CheckEvaluation(RefreshJob job)
    {
        if (!job.Evaluate.At.Order().Distinct().SequenceEqual(job.Evaluate.At) || job.Evaluate.At[0] < 1)
            Add("evaluate.at", $"found {string.Join(", ", job.Evaluate.At)}; expected lengths from 1, ascending.");
        else if (job.Evaluate.At[^1] > job.Precompute.Candidates)
            Add("evaluate.at", $"found {job.Evaluate.At[^1]}; expected at most precompute.candidates, {job.Precompute.Candidates}.");
        string[] known = [.. Baselines.Union(job.Scorers.Keys)];
        foreach (string name in job.Guard.NoWorseThan)
            if (!known.Contains(name))
                Add("guard.noWorseThan", $"'{name}' is no baseline; {Suggestion.For(name, known)}");
    }

    void Add(string path, string message) => problems.Add(LineOf(path), path, message);

    /// <summary>Returns the line of the key, or of the nearest key above it that the file has.</summary>
    int LineOf(string path)
    {
        YamlNode node = root;
        int line = 1;
        foreach (string step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            YamlNode? next = node switch
            {
                YamlMappingNode mapping => mapping.Children.FirstOrDefault(child => (child.Key as YamlScalarNode)?.Value == step).Value,
                YamlSequenceNode sequence => sequence.Children.ElementAtOrDefault(int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)),
                _ => null,
            };
            if (next is null)
                return line;
            node = next;
            line = RecordBinder.Line(next);
        }
        return line;
    }
}
