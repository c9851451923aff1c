using BatchRecs.Store.Extract;
using BatchRecs.Store.Quarantine;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>A small source that is read again and again, each time with what the extract before has kept.</summary>
public abstract class ExtractAfterExtract
{
    const long Day = 86_400_000_000;

    private protected abstract string TimeType { get; }

    /// <summary>Gets what the last extract kept.</summary>
    private protected StoredEvents? Stored { get; private set; }

    private protected abstract Task<Warehouse> CreateAsync();

    private protected static EventSource ByTime() => Source() with { Changes = new SourceChanges { Overlap = 3 * Day } };

    private protected static EventSource ByNumber() => Source() with
    {
        Changes = new SourceChanges
        {
            Watermark = "change_no",
            Key = "row_id",
            Overlap = 1,
            IsCounter = true,
            IsOverlapGiven = true,
            Deleted = new DeletedRows("sources[0].incremental.deleted (gone)", SourceRelation.Table("gone"), "row_id", "change_no"),
        },
    };

    private protected static bool Has(IncrementalExtract extract, string item) => extract.Snapshot.Items.TryFind(item, out _);

    private protected static string Insert(int n, string item, string at) =>
        $"insert into events values ({n}, {n}, '{item}', '{at}', null, {n})";

    /// <summary>Two rows long ago, two inside the overlap of three days.</summary>
    private protected async Task<Warehouse> FilledAsync()
    {
        var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            $"create table events (row_id bigint, user_id bigint, item_id text, at {TimeType}, value integer, change_no bigint)",
            "create table gone (row_id bigint, change_no bigint)",
            Insert(1, "a", "2024-05-09T00:00:00Z"),
            Insert(2, "b", "2024-05-10T00:00:00Z"),
            Insert(3, "c", "2024-05-30T00:00:00Z"),
            Insert(4, "d", "2024-05-31T00:00:00Z"));
        return warehouse;
    }

    /// <summary>Reads as of some days after the first of June, with what the extract before has kept.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="source">The one source.</param>
    /// <param name="day">As-of, and the clock unless that would be in the past.</param>
    /// <param name="counts">Whether stored rows are counted.</param>
    /// <param name="clock">The clock, where it differs from as-of.</param>
    /// <param name="isBackfill">Whether somebody asked for this as-of.</param>
    /// <param name="rejected">Takes the bad rows.</param>
    /// <param name="forgotten">The user who was forgotten.</param>
    private protected async Task<IncrementalExtract> ExtractAsync(
        Warehouse warehouse,
        EventSource source,
        int day = 0,
        bool counts = true,
        int? clock = null,
        bool isBackfill = false,
        RejectedRows? rejected = null,
        string forgotten = "")
    {
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var request = Request(source) with
        {
            AsOf = Now + (day * Day),
            Now = Now + ((clock ?? Math.Max(day, 0)) * Day),
            Window = TimeSpan.FromDays(31),
            MaxBadShare = 1,
            Rejected = rejected ?? new RejectedRows(perReason: 0),
        };
        var incremental = new IncrementalRequest
        {
            Load = () => new LoadedEvents(Stored),
            FullEvery = TimeSpan.FromDays(7),
            CountsRows = counts,
            IsBackfill = isBackfill,
            Forgotten = users => [.. Enumerable.Range(0, users.Count).Select(user => users.ToText(user) == forgotten)],
            Keep = stored => Stored = stored,
        };
        return await IncrementalReader.ReadAsync(session, request, incremental, progress: null, CancellationToken.None);
    }
}
