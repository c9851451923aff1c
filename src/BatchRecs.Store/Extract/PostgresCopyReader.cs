using System.Buffers.Binary;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Reads PostgreSQL's binary COPY format: rows of length-prefixed, big-endian values.</summary>
/// <param name="stream">The COPY stream; disposed with the reader.</param>
/// <param name="forms">Form of each column as it was selected.</param>
sealed class PostgresCopyReader(Stream stream, ColumnForm[] forms) : RowReader
{
    /// <summary>Microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL's times start.</summary>
    const long PostgresEpoch = 946_684_800_000_000;

    const int SignatureLength = 11;
    const int EndOfRows = -1;

    readonly int[] _offsets = new int[forms.Length];
    readonly int[] _lengths = new int[forms.Length];
    byte[] _buffer = new byte[1 << 16];
    int _start;
    int _end;
    bool _headerRead;

    /// <inheritdoc/>
    public override async ValueTask<bool> NextAsync(CancellationToken token)
    {
        if (!_headerRead)
            await ReadHeaderAsync(token);
        while (true)
        {
            switch (ParseRow())
            {
                case RowState.Complete:
                    return true;
                case RowState.End:
                    // Read to the end, so that the server finishes the statement instead of being cancelled.
                    while (await stream.ReadAsync(_buffer, token) > 0)
                    {
                    }
                    return false;
                case RowState.Incomplete:
                    await FillAsync(token);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override FieldClass Class(int column) => _lengths[column] < 0 ? FieldClass.Null : forms[column] switch
    {
        ColumnForm.Uuid => FieldClass.Uuid,
        ColumnForm.Real => FieldClass.Real,
        ColumnForm.Text or ColumnForm.TextArray or ColumnForm.Other => FieldClass.Text,
        _ => FieldClass.Integer,
    };

    /// <inheritdoc/>
    public override long Integer(int column)
    {
        long value = BinaryPrimitives.ReadInt64BigEndian(Bytes(column));
        if (forms[column] is not (ColumnForm.Instant or ColumnForm.Local))
            return value;
        // The least and greatest values mean -infinity and infinity; the latter must not wrap around.
        return value > long.MaxValue - PostgresEpoch ? long.MaxValue : value + PostgresEpoch;
    }

    /// <inheritdoc/>
    public override double Real(int column) => BinaryPrimitives.ReadDoubleBigEndian(Bytes(column));

    /// <inheritdoc/>
    public override Guid Uuid(int column) => new(Bytes(column), bigEndian: true);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Utf8(int column) => Bytes(column);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => stream.DisposeAsync();

    ReadOnlySpan<byte> Bytes(int column) => _buffer.AsSpan(_offsets[column], _lengths[column]);

    async ValueTask ReadHeaderAsync(CancellationToken token)
    {
        const int Fixed = SignatureLength + (2 * sizeof(int));
        while (_end - _start < Fixed)
            await FillAsync(token);
        int extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + SignatureLength + sizeof(int)));
        while (_end - _start < Fixed + extension)
            await FillAsync(token);
        _start += Fixed + extension;
        _headerRead = true;
    }

    /// <summary>Finds the values of the next row if all of it is in the buffer; otherwise changes nothing.</summary>
    RowState ParseRow()
    {
        int at = _start;
        if (_end - at < sizeof(short))
            return RowState.Incomplete;
        if (BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(at)) == EndOfRows)
            return RowState.End;

        at += sizeof(short);
        for (int column = 0; column < forms.Length; column++)
        {
            if (_end - at < sizeof(int))
                return RowState.Incomplete;
            int length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));
            at += sizeof(int);
            if (_end - at < length)
                return RowState.Incomplete;
            _offsets[column] = at;
            _lengths[column] = length;
            at += Math.Max(length, 0);
        }
        _start = at;
        return RowState.Complete;
    }

    async ValueTask FillAsync(CancellationToken token)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), token);
        if (read == 0)
            throw new StoreException(
                "The server ended a COPY in the middle of a row. Run again; if it stays so, look at the server's log.", isTransient: true);
        _end += read;
    }

    enum RowState
    {
        Complete,
        Incomplete,
        End,
    }
}
