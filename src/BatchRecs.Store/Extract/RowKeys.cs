using System.Buffers.Binary;
using System.Security.Cryptography;
using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>The keys of the rows of a source, 16 bytes each, as they are read.</summary>
/// <remarks>An integer and a uuid are their own key; a text is the first half of its SHA-256, so that columns of keys stay small.</remarks>
/// <param name="ordinal">Place of the key in the row.</param>
sealed class RowKeys(int ordinal)
{
    readonly ChunkedBuffer<UInt128> _keys = new();
    UInt128[]? _sorted;

    /// <summary>Gets the number of rows whose key is missing, or of no type that a key can have.</summary>
    public long Missing { get; private set; }

    /// <summary>Gets the key that was read last.</summary>
    public UInt128 Last { get; private set; }

    /// <summary>Reads the key of the current row.</summary>
    public void Read(RowReader row)
    {
        switch (row.Class(ordinal))
        {
            case FieldClass.Integer:
                Last = (ulong)row.Integer(ordinal);
                break;
            case FieldClass.Uuid:
                Span<byte> uuid = stackalloc byte[16];
                row.Uuid(ordinal).TryWriteBytes(uuid, bigEndian: true, out _);
                Last = BinaryPrimitives.ReadUInt128BigEndian(uuid);
                break;
            case FieldClass.Text:
                Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
                SHA256.HashData(row.Utf8(ordinal), hash);
                Last = BinaryPrimitives.ReadUInt128BigEndian(hash);
                break;
            default:
                Missing++;
                return;
        }
        _keys.Add(Last);
    }

    /// <summary>Tells whether a key was among those read; no more can be read afterwards.</summary>
    public bool Contains(UInt128 key) => Array.BinarySearch(Sorted(), key) >= 0;

    /// <summary>Counts the rows whose key an earlier row has; no more can be read afterwards.</summary>
    public long CountRepeated()
    {
        UInt128[] sorted = Sorted();
        long repeated = 0;
        for (int n = 1; n < sorted.Length; n++)
            if (sorted[n] == sorted[n - 1])
                repeated++;
        return repeated;
    }

    UInt128[] Sorted()
    {
        if (_sorted is null)
        {
            _sorted = _keys.Drain();
            Array.Sort(_sorted);
        }
        return _sorted;
    }
}
