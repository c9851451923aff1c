namespace BatchRecs.Store.Extract;

/// <summary>Reads the watermark of each row: microseconds since 1970-01-01 UTC, or the integer itself where it is a counter.</summary>
/// <param name="source">The source, which says what integers mean.</param>
/// <param name="column">The watermark column.</param>
/// <param name="ordinal">Its place in the row.</param>
sealed class WatermarkField(EventSource source, SourceColumn column, int ordinal)
{
    readonly TimeField? _time = source.Changes!.IsCounter ? null : new TimeField(source, column, ordinal);

    /// <summary>Reads the watermark of the current row.</summary>
    /// <returns>False if it is missing or unreadable: nothing then tells when the row changed.</returns>
    public bool TryRead(RowReader row, out long watermark)
    {
        if (_time is not null)
            return _time.Read(row, out watermark) is null;
        bool isThere = row.Class(ordinal) == FieldClass.Integer;
        watermark = isThere ? row.Integer(ordinal) : 0;
        return isThere;
    }
}
