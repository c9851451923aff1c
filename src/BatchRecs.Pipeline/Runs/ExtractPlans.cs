using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Turns the sources of a job into what extract reads; the user's SQL files are read here.</summary>
/// <param name="job">The complete job definition.</param>
/// <param name="projectRoot">The folder that paths in the job are relative to.</param>
sealed class ExtractPlans(RefreshJob job, string projectRoot)
{
    readonly TimeZoneInfo? _timeZone = job.TimeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(job.TimeZone);

    /// <summary>Returns the event sources.</summary>
    public EventSource[] Sources() => [.. job.Sources.Select((source, n) => Source(source, $"sources[{n}]") with
    {
        Changes = Changes(source, $"sources[{n}].incremental.deleted"),
    })];

    EventSource Source(SourceOptions source, string key) => new()
    {
        Label = $"{key} ({source.Table ?? source.Query})",
        Relation = Relation(source.Table, source.Query),
        User = source.Columns.User,
        Item = source.Columns.Item,
        Time = source.Columns.Time,
        Value = source.Columns.Value,
        Event = source.Columns.Event,
        ConstantEvent = source.Event ?? JobDefaults.EventName,
        EventNames = source.EventNames,
        IntegerTime = Unit(source.TimeUnit),
        TimeZone = _timeZone,
    };

    /// <summary>Returns what reads the impressions of a time, read as events of one type; null where the job names none.</summary>
    /// <param name="since">Its first instant, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="until">The first instant after it.</param>
    /// <param name="now">The wall clock.</param>
    public ExtractRequest? Impressions(long since, long until, DateTimeOffset now) => job.Monitor.Impressions is not { } shown
        ? null
        : new ExtractRequest
        {
            Sources = [Source(
                new SourceOptions
                {
                    Table = shown.Table,
                    Query = shown.Query,
                    Columns = new SourceColumns { User = shown.Columns.User, Item = shown.Columns.Item, Time = shown.Columns.Time },
                    TimeUnit = shown.TimeUnit,
                },
                "monitor.impressions")],
            EventTypes = [JobDefaults.EventName],
            AsOf = until - 1,
            Now = Micros.Of(now),
            Window = TimeSpan.FromMicroseconds(until - since) + shown.Within,
            MaxBadShare = job.Rejects.MaxShare,
            ShowBadRows = job.Rejects.Show,
        };

    /// <summary>Returns the SQL of the sources that are queries, in the order of the job.</summary>
    public string[] SourceQueries() => [.. job.Sources
        .SelectMany(source => new[] { source.Query, source.Incremental?.Deleted?.Query })
        .OfType<string>()
        .Select(ReadQuery)];

    /// <summary>Returns the item table; null where the job names none.</summary>
    public ItemSource? Items() => job.Items is { } items
        ? new ItemSource
        {
            Label = $"items ({items.Table ?? items.Query})",
            Relation = Relation(items.Table, items.Query),
            Item = items.Columns.Item,
            Title = items.Columns.Title,
            Categories = items.Columns.Categories?.Column,
            Separator = items.Columns.Categories?.Separator,
        }
        : null;

    /// <summary>Returns the attribute of the users by which groups are measured apart; null where the job names none.</summary>
    public SegmentSource? Segments() => job.Evaluate.Segments is { } segments
        ? new SegmentSource(
            $"evaluate.segments ({segments.Table ?? segments.Query})",
            Relation(segments.Table, segments.Query),
            segments.Columns.User,
            segments.Columns.Segment)
        : null;

    /// <summary>Returns all that extract reads.</summary>
    /// <param name="asOf">The time up to which events count.</param>
    /// <param name="now">The wall clock.</param>
    public ExtractPlan Plan(DateTimeOffset asOf, DateTimeOffset now) => new(
        new ExtractRequest
        {
            Sources = Sources(),
            EventTypes = [.. job.Events.Keys],
            AsOf = Micros.Of(asOf),
            Now = Micros.Of(now),
            Window = job.Window,
            MaxBadShare = job.Rejects.MaxShare,
            ShowBadRows = job.Rejects.Show,
            Rejected = new RejectedRows(job.Rejects.Sample),
        },
        Items(),
        Exclusion("exclude.items", job.Exclude.Items),
        Exclusion("exclude.pairs", job.Exclude.Pairs),
        OptOut(),
        Rules(),
        Segments());

    /// <summary>Returns what rules ask the warehouse for; null where the job has no rules.</summary>
    public RuleSource? Rules() => job.Rules.Count == 0 ? null : new RuleSource(
        JobPlan.Rules(job),
        [.. job.Rules.Select((rule, n) => Exclusion($"rules[{n}].query", rule.Query))],
        [.. job.Segments
            .Where(segment => job.Rules.Any(rule => rule is { Query: not null, Action: null } || rule.Segment == segment.Key))
            .Select(segment => KeyValuePair.Create(segment.Key, Exclusion($"segments.{segment.Key}", segment.Value)!))]);

    /// <summary>Returns the log of what came of drawn items; null where the job names none.</summary>
    public EventSource? OutcomeLog() => job.Explore?.Outcomes is { } outcomes
        ? new EventSource
        {
            Label = $"explore.outcomes ({outcomes.Table ?? outcomes.Query})",
            Relation = Relation(outcomes.Table, outcomes.Query),
            User = outcomes.Columns.User,
            Item = outcomes.Columns.Item,
            Time = outcomes.Columns.Time,
            Value = outcomes.Columns.Reward,
            IntegerTime = Unit(outcomes.TimeUnit),
            TimeZone = _timeZone,
        }
        : null;

    /// <summary>Returns how the log of what came of drawn items is read.</summary>
    /// <param name="log">The log.</param>
    /// <param name="from">Rows before this time are left aside.</param>
    /// <param name="now">The wall clock.</param>
    public ExtractRequest Outcomes(EventSource log, DateTimeOffset from, DateTimeOffset now) => new()
    {
        Sources = [log],
        EventTypes = [log.ConstantEvent],
        AsOf = Micros.Of(now),
        Now = Micros.Of(now),
        // What was shown at the very moment of the publication counts.
        Window = now - from + TimeSpan.FromMicroseconds(1),
        MaxBadShare = job.Rejects.MaxShare,
        ShowBadRows = job.Rejects.Show,
    };

    /// <summary>Returns the list of users to forget; null where the job names none.</summary>
    public ExclusionSource? Forget() => Exclusion("privacy.forget", job.Privacy.Forget);

    /// <summary>Returns the list of users who want nothing personal; null where the job names none.</summary>
    public ExclusionSource? OptOut() => Exclusion("privacy.optOut", job.Privacy.OptOut);

    static IntegerTime Unit(TimeUnit unit) => unit switch
    {
        TimeUnit.Milliseconds => IntegerTime.Milliseconds,
        TimeUnit.Microseconds => IntegerTime.Microseconds,
        _ => IntegerTime.Seconds,
    };

    /// <summary>Returns how new rows of a source are found; null where the job reads everything every time.</summary>
    SourceChanges? Changes(SourceOptions source, string key)
    {
        if (!job.Incremental.Enabled)
            return null;
        var (options, overlap) = (source.Incremental ?? new SourceIncremental(), source.Incremental?.Overlap);
        return new SourceChanges
        {
            Watermark = options.Watermark,
            Key = options.Key,
            Overlap = overlap?.Steps ?? (long)(overlap?.Duration ?? job.Incremental.Overlap).TotalMicroseconds,
            IsCounter = overlap?.Steps is not null,
            IsOverlapGiven = overlap is not null,
            Deleted = options.Deleted is not { } deleted ? null : new DeletedRows(
                $"{key} ({deleted.Table ?? deleted.Query})",
                Relation(deleted.Table, deleted.Query),
                deleted.Key ?? options.Key!,
                deleted.Watermark ?? options.Watermark!),
        };
    }

    ExclusionSource? Exclusion(string key, string? query) =>
        query is null ? null : new ExclusionSource($"{key} ({query})", Relation(null, query));

    SourceRelation Relation(string? table, string? query) => table is not null
        ? SourceRelation.Table(table)
        : SourceRelation.Query(ReadQuery(query!), query!);

    string ReadQuery(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(projectRoot, path));
        }
        catch (IOException error)
        {
            throw new ConfigurationException($"The query '{path}' cannot be read: {error.Message}", error);
        }
    }
}
