using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using BatchRecs.Core.Data;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.Store.Extract;

/// <summary>Reads the id in one column of each row, without an object per row.</summary>
/// <param name="kind">Kind of the ids.</param>
/// <param name="ordinal">Place of the column in the row.</param>
sealed class IdField(IdKind kind, int ordinal)
{
    long _integer;
    Guid _uuid;
    char[] _text = new char[64];
    int _textLength;

    /// <summary>Reads the id of the current row.</summary>
    public IdState Read(RowReader row)
    {
        var found = row.Class(ordinal);
        if (found == FieldClass.Null)
            return IdState.Null;
        switch (kind)
        {
            case IdKind.Uuid when found == FieldClass.Uuid:
                _uuid = row.Uuid(ordinal);
                return IdState.Read;
            case IdKind.Uuid:
                return found == FieldClass.Text && Guid.TryParse(row.Utf8(ordinal), out _uuid) ? IdState.Read : IdState.Unreadable;
            case IdKind.Text:
                return found == FieldClass.Text ? ReadText(row.Utf8(ordinal)) : IdState.Unreadable;
            default:
                if (found != FieldClass.Integer)
                    return IdState.Unreadable;
                _integer = row.Integer(ordinal);
                return IdState.Read;
        }
    }

    /// <summary>Adds the id that was read last to a column of ids.</summary>
    /// <returns>Its provisional code.</returns>
    public int AddTo(IdColumnBuilder ids) => kind switch
    {
        IdKind.Uuid => ids.Add(_uuid),
        IdKind.Text => ids.Add(_text.AsSpan(0, _textLength)),
        _ => ids.Add(_integer),
    };

    /// <summary>Finds the id that was read last among known ids of a comparable kind.</summary>
    /// <returns>Its index, or −1.</returns>
    public int FindIn(IdIndex ids)
    {
        Debug.Assert(IdColumnBuilder.Comparable(kind, ids.Kind), "the kinds are checked before rows are read");
        return kind switch
        {
            IdKind.Uuid => ids.Find(_uuid),
            IdKind.Text => ids.Find(_text.AsSpan(0, _textLength)),
            _ => ids.Find(_integer),
        };
    }

    /// <summary>Returns the id of the current row as people look for it: in its one spelling if it is an id, else as it is.</summary>
    public string? KnownText(RowReader row) => Read(row) == IdState.Read && kind == IdKind.Uuid ? _uuid.ToString() : Text(row);

    /// <summary>Returns the id of the current row as text, for messages; bytes that are no UTF-8 become replacement characters.</summary>
    public string? Text(RowReader row) => row.Class(ordinal) switch
    {
        FieldClass.Null => null,
        FieldClass.Integer => row.Integer(ordinal).ToString(CultureInfo.InvariantCulture),
        FieldClass.Uuid => row.Uuid(ordinal).ToString(),
        FieldClass.Bytes => $"x'{Convert.ToHexStringLower(row.Utf8(ordinal))}'",
        _ => Encoding.UTF8.GetString(row.Utf8(ordinal)),
    };

    IdState ReadText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return IdState.Empty;
        if (utf8.Length > StoredText.MaxIdBytes)
            return IdState.TooLong;
        if (_text.Length < utf8.Length)
            _text = new char[utf8.Length * 2];
        // A NUL ends a text in other programs and cannot be stored by PostgreSQL at all.
        bool valid = Utf8.ToUtf16(utf8, _text, out _, out _textLength, replaceInvalidSequences: false) == OperationStatus.Done
            && !utf8.Contains((byte)0);
        return valid ? IdState.Read : IdState.Invalid;
    }
}

/// <summary>How the reading of an id went.</summary>
enum IdState
{
    /// <summary>There is an id.</summary>
    Read,

    /// <summary>Null.</summary>
    Null,

    /// <summary>The empty text.</summary>
    Empty,

    /// <summary>Longer than <see cref="StoredText.MaxIdBytes"/>.</summary>
    TooLong,

    /// <summary>Text with a NUL, or no UTF-8.</summary>
    Invalid,

    /// <summary>Of another type than the column, or no uuid.</summary>
    Unreadable,
}
