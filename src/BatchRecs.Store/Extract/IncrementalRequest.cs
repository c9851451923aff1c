using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>What an incremental extract may rely on.</summary>
public sealed record IncrementalRequest
{
    /// <summary>Gets what loads the rows that the last extract kept; they are let go before the snapshot is sorted.</summary>
    public required Func<LoadedEvents> Load { get; init; }

    /// <summary>Gets after how long all rows are read anyway.</summary>
    public required TimeSpan FullEvery { get; init; }

    /// <summary>Gets a value indicating whether the number of stored rows is compared with the source.</summary>
    /// <value>The default is true.</value>
    public bool CountsRows { get; init; } = true;

    /// <summary>Gets a value indicating whether somebody asked for this as-of: rows that were stored later then stay as they are.</summary>
    /// <value>The default is false.</value>
    public bool IsBackfill { get; init; }

    /// <summary>Gets what tells which of some users were forgotten: nothing of them is kept.</summary>
    public Func<IdMap, bool[]> Forgotten { get; init; } = users => new bool[users.Count];

    /// <summary>Gets what keeps the rows for the next extract; called once all sources were read, before the snapshot is sorted.</summary>
    public required Action<StoredEvents> Keep { get; init; }
}

/// <summary>What the last extract kept.</summary>
/// <param name="Stored">The rows; null = there are none, then <paramref name="FullBecause"/> says why.</param>
/// <param name="FullBecause">Why all rows are to be read; null = only if a check demands it.</param>
public sealed record LoadedEvents(StoredEvents? Stored, string? FullBecause = null);

/// <summary>What an incremental extract did.</summary>
/// <param name="Snapshot">The same snapshot that a full extract gives.</param>
/// <param name="Report">What came of the rows.</param>
/// <param name="FullBecause">Why all rows were read; null = only new and changed ones were.</param>
/// <param name="Since">After what each source was read, for people; empty after a full extract.</param>
public sealed record IncrementalExtract(Snapshot Snapshot, ExtractReport Report, string? FullBecause, IReadOnlyList<string> Since);
