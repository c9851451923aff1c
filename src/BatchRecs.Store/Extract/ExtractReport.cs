using BatchRecs.Store.Quarantine;

namespace BatchRecs.Store.Extract;

/// <summary>What an extract read.</summary>
public sealed record ExtractReport
{
    /// <summary>Gets what each source delivered, in the order of the job.</summary>
    public required IReadOnlyList<SourceReport> Sources { get; init; }

    /// <summary>Gets the time of the oldest kept event, in microseconds since 1970-01-01 UTC.</summary>
    public required long Oldest { get; init; }

    /// <summary>Gets the time of the newest kept event, in microseconds since 1970-01-01 UTC.</summary>
    public required long Newest { get; init; }

    /// <summary>Gets the wall time of the reading.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Gets the number of kept events of all sources.</summary>
    public long Kept => Sources.Sum(source => source.Kept);

    /// <summary>Gets the number of rows read from all sources.</summary>
    public long RowsRead => Sources.Sum(source => source.RowsRead);

    /// <summary>Gets how many of these rows an incremental extract kept from the run before.</summary>
    public long Stored => Sources.Sum(source => source.Stored);

    /// <summary>Gets the number of bad rows of all sources.</summary>
    public long BadRows => Sources.Sum(source => source.BadCount);
}

/// <summary>What one source delivered: RowsRead = Kept + Outside + bad rows + rows of unknown types.</summary>
public sealed record SourceReport
{
    /// <summary>Gets what the source is called.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the number of rows that the store sent, and of those that an incremental extract kept from the run before.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Gets how many of these rows an incremental extract kept from the run before instead of reading them.</summary>
    public long Stored { get; init; }

    /// <summary>Gets the number of events in the snapshot.</summary>
    public required long Kept { get; init; }

    /// <summary>Gets the number of rows outside the window; PostgreSQL does not even send most of them.</summary>
    public required long Outside { get; init; }

    /// <summary>Gets the number of bad rows by reason: one of <see cref="BadReasons"/>.</summary>
    public required IReadOnlyDictionary<string, long> Bad { get; init; }

    /// <summary>Gets the number of rows by unknown event type.</summary>
    public required IReadOnlyDictionary<string, long> UnknownTypes { get; init; }

    /// <summary>Gets the first bad rows in the order in which the store sent them.</summary>
    public required IReadOnlyList<BadRow> FirstBad { get; init; }

    /// <summary>Gets the number of bad rows.</summary>
    public long BadCount => Bad.Values.Sum();
}

/// <summary>A row that cannot be an event, for messages: without its user id, which only the quarantine table may hold.</summary>
/// <param name="Source">What its source is called.</param>
/// <param name="Reason">One of <see cref="BadReasons"/>.</param>
/// <param name="Column">The column that is to blame.</param>
/// <param name="Item">Its item id as text, or null.</param>
/// <param name="Time">Its time as text, or null.</param>
public sealed record BadRow(string Source, string Reason, string Column, string? Item, string? Time)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Reason} (column {Column}): item {StoredText.ToShow(Item)}, time {StoredText.ToShow(Time)}";
}

/// <summary>Why a row cannot be an event.</summary>
public static class BadReasons
{
    /// <summary>The user id is null.</summary>
    public const string UserNull = "user is null";

    /// <summary>The user id is the empty text.</summary>
    public const string UserEmpty = "user is empty";

    /// <summary>The user id is of another type than the column, or no valid uuid.</summary>
    public const string UserUnreadable = "user is not of the column's type";

    /// <summary>The user id has more than 1,000 bytes of UTF-8.</summary>
    public const string UserTooLong = "user is longer than 1,000 bytes";

    /// <summary>The user id has a NUL in it, or is no UTF-8.</summary>
    public const string UserInvalid = "user is no valid text (a NUL in it, or no UTF-8)";

    /// <summary>The item id is null.</summary>
    public const string ItemNull = "item is null";

    /// <summary>The item id is the empty text.</summary>
    public const string ItemEmpty = "item is empty";

    /// <summary>The item id is of another type than the column, or no valid uuid.</summary>
    public const string ItemUnreadable = "item is not of the column's type";

    /// <summary>The item id has more than 1,000 bytes of UTF-8.</summary>
    public const string ItemTooLong = "item is longer than 1,000 bytes";

    /// <summary>The item id has a NUL in it, or is no UTF-8.</summary>
    public const string ItemInvalid = "item is no valid text (a NUL in it, or no UTF-8)";

    /// <summary>The time is null.</summary>
    public const string TimeNull = "time is null";

    /// <summary>The time is of another type than the column, or no ISO 8601 text.</summary>
    public const string TimeUnreadable = "time is not readable";

    /// <summary>The time is before 1970.</summary>
    public const string TimeTooEarly = "time is before 1970";

    /// <summary>The time is later than the wall clock.</summary>
    public const string TimeInFuture = "time is later than now";

    /// <summary>The value is NaN, infinite, beyond single precision, or no number.</summary>
    public const string ValueNotFinite = "value is not a finite number";
}
