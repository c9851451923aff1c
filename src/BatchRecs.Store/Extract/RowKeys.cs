using System.Buffers.Binary;
using System.Security.Cryptography;
using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>The keys of the rows of a source, 16 bytes each, as they are read.</summary>
/// <remarks>An integer and a uuid are their own key; a text is the first half of its SHA-256, so that columns of keys stay small.</remarks>
/// <param name="ordinal">Place of the key in the row.</param>
sealed class RowKeys(int ordinal)
{
    readonly ChunkedBuffer<UInt128> _inside = new();
    readonly ChunkedBuffer<UInt128> _outside = new();

    /// <summary>Gets the number of rows inside the window whose key is missing, or of no type that a key can have.</summary>
    public long Missing { get; private set; }

    /// <summary>Gets the key that was read last.</summary>
    public UInt128 Last { get; private set; }

    UInt128[] Inside => field ??= Sorted(_inside);

    UInt128[] Outside => field ??= Sorted(_outside);

    /// <summary>Reads the key of the current row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isOutside">
    /// True = the row lies outside the window: its key tells where a stored row went, but nothing is asked of it.
    /// </param>
    public void Read(RowReader row, bool isOutside = false)
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
                Missing += isOutside ? 0 : 1;
                return;
        }
        (isOutside ? _outside : _inside).Add(Last);
    }

    /// <summary>Tells whether a key was among those read; no more can be read afterwards.</summary>
    public bool Contains(UInt128 key) =>
        Array.BinarySearch(Inside, key) >= 0 || Array.BinarySearch(Outside, key) >= 0;

    /// <summary>Counts the rows inside the window whose key an earlier one has; no more can be read afterwards.</summary>
    public long CountRepeated()
    {
        UInt128[] sorted = Inside;
        long repeated = 0;
        for (int n = 1; n < sorted.Length; n++)
            if (sorted[n] == sorted[n - 1])
                repeated++;
        return repeated;
    }

    static UInt128[] Sorted(ChunkedBuffer<UInt128> keys)
    {
        UInt128[] sorted = keys.Drain();
        Array.Sort(sorted);
        return sorted;
    }
}
