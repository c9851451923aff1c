using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Import;

/// <summary>Reads rows of a comma-separated file (RFC 4180: quotes, doubled quotes, line breaks inside quotes) as UTF-8 bytes.</summary>
/// <remarks>LF and CRLF end a row; a byte order mark and an empty last line are skipped.</remarks>
/// <param name="stream">The file.</param>
/// <param name="name">Its name, for messages.</param>
sealed class CsvReader(Stream stream, string name)
{
    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    readonly List<Field> _fields = [];
    byte[] _buffer = new byte[1 << 16];
    byte[] _row = new byte[1 << 10];
    int _at;
    int _end;
    int _rowLength;
    long _line;
    bool _started;

    /// <summary>Gets the number of fields of the current row.</summary>
    public int FieldCount => _fields.Count;

    /// <summary>Gets the line of the file on which the current row ends, from 1.</summary>
    public long Line => _line;

    /// <summary>Returns the bytes of a field without quotes, valid until the next row.</summary>
    public ReadOnlySpan<byte> this[int field] => _row.AsSpan(_fields[field].Start, _fields[field].Length);

    /// <summary>Tells whether a field is empty without quotes, which means null.</summary>
    public bool IsNull(int field) => _fields[field] is { Length: 0, WasQuoted: false };

    /// <summary>Steps to the next row.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="InputDataException">A quote is not closed, or something follows a closing quote.</exception>
    public bool Next()
    {
        if (!_started)
            SkipByteOrderMark();
        _fields.Clear();
        _rowLength = 0;
        if (Peek() < 0)
            return false;
        while (ReadField())
        {
        }
        _line++;
        return true;
    }

    /// <summary>Reads one field and what ends it; returns true if that is a comma.</summary>
    bool ReadField()
    {
        int start = _rowLength;
        bool quoted = Peek() == '"';
        if (quoted)
            ReadQuoted();
        while (true)
        {
            int next = Take();
            if (next == '\r' && Peek() == '\n')
                next = Take();
            if (next is ',' or '\n' or < 0)
            {
                _fields.Add(new Field(start, _rowLength - start, quoted));
                return next == ',';
            }
            if (quoted)
                throw new InputDataException(
                    $"{name}, line {_line + 1}: found text after a closing quote; expected a comma or the end of the line.");
            Append((byte)next);
        }
    }

    void ReadQuoted()
    {
        long opened = _line + 1;
        Take();
        while (true)
        {
            int next = Take();
            if (next < 0)
                throw new InputDataException(
                    $"{name}, line {opened}: a quote is opened and never closed. Double every quote that belongs to the text.");
            if (next == '"')
            {
                if (Peek() != '"')
                    return;
                Take();
            }
            if (next == '\n')
                _line++;
            Append((byte)next);
        }
    }

    void Append(byte value)
    {
        if (_rowLength == _row.Length)
            Array.Resize(ref _row, _row.Length * 2);
        _row[_rowLength++] = value;
    }

    int Peek() => _at < _end || Fill() ? _buffer[_at] : -1;

    int Take() => _at < _end || Fill() ? _buffer[_at++] : -1;

    bool Fill()
    {
        _at = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }

    void SkipByteOrderMark()
    {
        _started = true;
        _end = stream.ReadAtLeast(_buffer, ByteOrderMark.Length, throwOnEndOfStream: false);
        if (_buffer.AsSpan(0, _end).StartsWith(ByteOrderMark))
            _at = ByteOrderMark.Length;
    }

    readonly record struct Field(int Start, int Length, bool WasQuoted);
}
