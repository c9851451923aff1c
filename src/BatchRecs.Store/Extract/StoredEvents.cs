using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>What an incremental extract keeps for the next one: the rows that need not be read again, in columns.</summary>
public sealed record StoredEvents
{
    /// <summary>Gets the names of the known event types, ascending by ordinal; rows name them by their index.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>Gets the users; rows name them by their index.</summary>
    public required IdMap Users { get; init; }

    /// <summary>Gets the items of events; rows name them by their index.</summary>
    public required IdMap Items { get; init; }

    /// <summary>Gets the time up to which events were seen, in microseconds since 1970-01-01 UTC.</summary>
    public required long Until { get; init; }

    /// <summary>Gets the wall clock of the last full extract, in microseconds since 1970-01-01 UTC.</summary>
    public required long FullAt { get; init; }

    /// <summary>Gets the rows of each source, in the order of the job.</summary>
    public required IReadOnlyList<StoredSource> Sources { get; init; }
}

/// <summary>The stored rows of one source: everything inside the window whose watermark is not after the cut.</summary>
/// <remarks>
/// Bad rows and rows of unknown types are stored too, so that they are counted for as long as they are inside the window: as a user of
/// <see cref="BadRow"/> or <see cref="UnknownType"/>, and an item that indexes <see cref="Reasons"/> or <see cref="UnknownTypes"/>.
/// A row of <see cref="Forgotten"/> has no item, type or value any more: only its time and key, by which rows are counted and replaced.
/// </remarks>
public sealed record StoredSource
{
    /// <summary>The user of a bad row.</summary>
    public const int BadRow = -1;

    /// <summary>The user of a row of an unknown event type.</summary>
    public const int UnknownType = -2;

    /// <summary>The user of a row of somebody who was forgotten: the row is counted, and is nobody's.</summary>
    public const int Forgotten = -3;

    /// <summary>Gets where the rows come from and what types their columns had.</summary>
    public required string Shape { get; init; }

    /// <summary>Gets the newest watermark that was read; null = there was none yet.</summary>
    public required long? Watermark { get; init; }

    /// <summary>Gets the watermark up to which rows are stored: the newest less the overlap; null = none are.</summary>
    public required long? Cut { get; init; }

    /// <summary>Gets the reasons of bad rows: some of <see cref="BadReasons"/>.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Gets the names of unknown event types.</summary>
    public required IReadOnlyList<string> UnknownTypes { get; init; }

    /// <summary>Gets the user index of each row, or why it is no event.</summary>
    public required int[] Users { get; init; }

    /// <summary>Gets the item index of each row, or the index of what is wrong with it.</summary>
    public required int[] Items { get; init; }

    /// <summary>Gets the event type of each row.</summary>
    public required byte[] Types { get; init; }

    /// <summary>Gets the value of each row; NaN = none.</summary>
    public required float[] Values { get; init; }

    /// <summary>Gets the time of each row, in microseconds since 1970-01-01 UTC.</summary>
    public required long[] Times { get; init; }

    /// <summary>Gets the key of each row; empty where the time of the event is the watermark.</summary>
    public required UInt128[] Keys { get; init; }
}
