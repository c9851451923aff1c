using System.Globalization;
using System.Text;

namespace BatchRecs.Store.Extract;

/// <summary>Reads the time of each row as microseconds since 1970-01-01 UTC.</summary>
/// <param name="source">The source: unit of integer times, zone of local ones.</param>
/// <param name="column">The time column.</param>
/// <param name="ordinal">Its place in the row.</param>
sealed class TimeField(EventSource source, SourceColumn column, int ordinal)
{
    readonly LocalClock? _clock = source.TimeZone is null ? null : new LocalClock(source.TimeZone);

    /// <summary>Reads the time of the current row.</summary>
    /// <param name="row">The rows.</param>
    /// <param name="time">The time.</param>
    /// <returns>Null, or one of <see cref="BadReasons"/>.</returns>
    /// <exception cref="Core.Errors.InputDataException">The time has no zone and the source names none.</exception>
    public string? Read(RowReader row, out long time)
    {
        time = 0;
        var found = row.Class(ordinal);
        if (found == FieldClass.Null)
            return BadReasons.TimeNull;
        if (found != (column.Form == ColumnForm.Text ? FieldClass.Text : FieldClass.Integer))
            return BadReasons.TimeUnreadable;

        switch (column.Form)
        {
            case ColumnForm.Instant:
                time = row.Integer(ordinal);
                return null;
            case ColumnForm.Local:
                time = Clock("type " + column.TypeName).ToUtc(row.Integer(ordinal));
                return null;
            case ColumnForm.Text:
                if (!Iso8601.TryParse(row.Utf8(ordinal), out time, out bool hasZone))
                    return BadReasons.TimeUnreadable;
                time = hasZone ? time : Clock($"'{Text(row)}', which has no time zone").ToUtc(time);
                return null;
            default:
                time = MicrosecondTime.SaturatingMultiply(row.Integer(ordinal), (long)source.IntegerTime);
                return null;
        }
    }

    /// <summary>Returns the time of the current row as it is stored, for messages.</summary>
    public string? Text(RowReader row) => row.Class(ordinal) switch
    {
        FieldClass.Null => null,
        FieldClass.Integer when column.Form is ColumnForm.Instant or ColumnForm.Local && !MicrosecondTime.IsInCalendar(row.Integer(ordinal))
            => row.Integer(ordinal) > 0 ? "after the year 9999" : "before the year 1",
        FieldClass.Integer when column.Form is ColumnForm.Instant => MicrosecondTime.ToText(row.Integer(ordinal)),
        FieldClass.Integer when column.Form is ColumnForm.Local => MicrosecondTime.ToText(row.Integer(ordinal)).TrimEnd('Z'),
        FieldClass.Integer => row.Integer(ordinal).ToString(CultureInfo.InvariantCulture),
        _ => Encoding.UTF8.GetString(row.Utf8(ordinal)),
    };

    LocalClock Clock(string found) =>
        _clock ?? throw SourceBinding.Fail([SourceBinding.NoZone($"{source.Label}, column {column.Name}", found)]);
}
