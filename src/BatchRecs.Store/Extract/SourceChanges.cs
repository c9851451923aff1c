namespace BatchRecs.Store.Extract;

/// <summary>How an incremental extract tells the rows of a source that it must read from those that it has.</summary>
/// <remarks>
/// Without a watermark column the time of the event is the watermark: rows after it (less the overlap) are read again and take the place
/// of what was stored of that time. With one, rows that were written or changed after it are read and replace stored rows by their key.
/// </remarks>
public sealed record SourceChanges
{
    /// <summary>Gets the column that grows with every insert and update; null = the time of the event.</summary>
    public string? Watermark { get; init; }

    /// <summary>Gets the column that identifies a row; needed with <see cref="Watermark"/>, and null without it.</summary>
    public string? Key { get; init; }

    /// <summary>Gets how far behind the newest watermark rows are read again: microseconds, or steps of a counter.</summary>
    public required long Overlap { get; init; }

    /// <summary>Gets a value indicating whether the watermark is a counter and no time.</summary>
    public bool IsCounter { get; init; }

    /// <summary>Gets a value indicating whether the job says the overlap of this source itself.</summary>
    public bool IsOverlapGiven { get; init; }

    /// <summary>Gets where the keys of deleted rows are listed; null = nowhere.</summary>
    public DeletedRows? Deleted { get; init; }
}

/// <summary>A relation with the keys of rows that were deleted from a source.</summary>
/// <param name="Label">What it is called in messages: <c>sources[0].incremental.deleted (public.deleted_ratings)</c>.</param>
/// <param name="Relation">The table, view or query.</param>
/// <param name="Key">The column with the key of the deleted row.</param>
/// <param name="Watermark">The column that says when it was deleted, of the same kind as the watermark of the source.</param>
public sealed record DeletedRows(string Label, SourceRelation Relation, string Key, string Watermark);
