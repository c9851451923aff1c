using BatchRecs.Store.Quarantine;

namespace BatchRecs.Store.Extract;

/// <summary>Which events to read.</summary>
public sealed record ExtractRequest
{
    /// <summary>Gets the sources, at least one.</summary>
    public required IReadOnlyList<EventSource> Sources { get; init; }

    /// <summary>Gets the names of the known event types; rows of other types are counted and left out.</summary>
    public required IReadOnlyCollection<string> EventTypes { get; init; }

    /// <summary>Gets the time up to which events count, inclusive; microseconds since 1970-01-01 UTC.</summary>
    public required long AsOf { get; init; }

    /// <summary>Gets the wall clock: an event later than it is a bad row. Microseconds since 1970-01-01 UTC.</summary>
    public required long Now { get; init; }

    /// <summary>Gets how far back events count: those with AsOf − Window &lt; time ≤ AsOf.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Gets the largest share of bad rows that is tolerated in each source, in [0, 1].</summary>
    /// <value>The default is 0.01.</value>
    public double MaxBadShare { get; init; } = 0.01;

    /// <summary>Gets what takes the bad rows with their user ids, for the quarantine.</summary>
    /// <value>The default keeps none.</value>
    public RejectedRows Rejected { get; init; } = new(perReason: 0);

    /// <summary>Gets how many bad rows of each source the report and messages name.</summary>
    /// <value>The default is 10.</value>
    public int ShowBadRows { get; init; } = 10;

    /// <summary>Gets the time after which events count, in microseconds since 1970-01-01 UTC; never before 1970.</summary>
    internal long From => Math.Max(AsOf - (long)Window.TotalMicroseconds, -1);

    /// <summary>Gets the time up to which this request sees events: as-of, but never later than the wall clock.</summary>
    internal long Until => Math.Min(AsOf, Now);

    /// <summary>Returns the request for the part of the window after a time.</summary>
    /// <param name="time">Microseconds since 1970-01-01 UTC; before the window it changes nothing.</param>
    internal ExtractRequest Since(long time) =>
        time <= From ? this : this with { Window = TimeSpan.FromMicroseconds(Math.Max(AsOf - time, 0)) };
}
