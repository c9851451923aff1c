using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks what the keys of a job file say together.</summary>
static class JobChecks
{
    /// <summary>Checks a definition whose keys are right one by one.</summary>
    /// <param name="job">With defaults filled in.</param>
    /// <param name="problems">Where mistakes are noted.</param>
    /// <param name="projectRoot">The folder that paths are relative to.</param>
    public static void Check(RefreshJob job, KeyProblems problems, string projectRoot)
    {
        CheckFiles(job, problems, projectRoot);
        if (job.TimeZone is { } zone)
            CheckTimeZone(zone, problems);
        new EventChecks(job, problems).Check();
        if (job.Kind == JobKind.Trending)
        {
            TrendingChecks.Check(job, problems);
            return;
        }
        WeightChecks.Check(job, problems);
        new ListChecks(job, problems).Check();
        new ReRankChecks(job, problems).Check();
        new AllocateChecks(job, problems).Check();
        new IncrementalChecks(job, problems).Check();
        new RuleChecks(job, problems).Check();
    }

    /// <summary>Checks the key <c>timeZone</c>.</summary>
    public static void CheckTimeZone(string zone, KeyProblems problems)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            problems.Add("timeZone", $"found '{zone}'; expected the name of a time zone, such as Europe/Berlin.");
    }

    static void CheckFiles(RefreshJob job, KeyProblems problems, string projectRoot)
    {
        for (int n = 0; n < job.Sources.Count; n++)
        {
            CheckRelation(job.Sources[n].Table, job.Sources[n].Query, $"sources[{n}]");
            if (job.Sources[n].Incremental?.Deleted is { } deleted)
                CheckRelation(deleted.Table, deleted.Query, $"sources[{n}].incremental.deleted");
        }
        if (job.Items is { } items)
            CheckRelation(items.Table, items.Query, "items");
        if (job.Monitor.Impressions is { } impressions)
            CheckRelation(impressions.Table, impressions.Query, "monitor.impressions");
        else if (job.Monitor.MaxRecommended is not null)
            problems.Add("monitor.maxRecommended", "nothing says what users were shown; expected monitor.impressions beside it.");
        if (job.Evaluate.Segments is { } segments)
            CheckRelation(segments.Table, segments.Query, "evaluate.segments");
        if (job.Explore?.Outcomes is { } outcomes)
            CheckRelation(outcomes.Table, outcomes.Query, "explore.outcomes");
        CheckQuery(job.Exclude.Items, "exclude.items");
        CheckQuery(job.Exclude.Pairs, "exclude.pairs");
        CheckQuery(job.Privacy.Forget, "privacy.forget");
        CheckQuery(job.Privacy.OptOut, "privacy.optOut");
        foreach (var (name, query) in job.Segments)
            CheckQuery(query, $"segments.{name}");
        for (int n = 0; n < job.Rules.Count; n++)
            CheckQuery(job.Rules[n].Query, $"rules[{n}].query");

        void CheckRelation(string? table, string? query, string path)
        {
            if (table is null == query is null)
                problems.Add(path, $"found {(table is null ? "neither table nor query" : "both table and query")}; expected one of them.");
            CheckQuery(query, $"{path}.query");
        }

        void CheckQuery(string? query, string path)
        {
            if (query is null)
                return;
            if (!ProjectPaths.IsInside(query, projectRoot))
                problems.Add(path, $"found '{query}'; expected a file inside the project.");
            else if (!File.Exists(Path.GetFullPath(query, projectRoot)))
                problems.Add(
                    path,
                    $"there is no file '{query}'; expected an SQL file with one select statement, its path relative to the project root.");
            else if (IsBlank(query))
                problems.Add(path, $"the file '{query}' is empty; expected one select statement.");
        }

        bool IsBlank(string query) => string.IsNullOrWhiteSpace(ProjectPaths.ReadText(query, projectRoot));
    }
}
