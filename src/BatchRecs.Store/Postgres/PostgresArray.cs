using System.Buffers.Binary;

namespace BatchRecs.Store.Postgres;

/// <summary>Reads PostgreSQL's binary form of an array, element by element.</summary>
/// <remarks>
/// Big-endian: number of dimensions, flag of nulls, type, then length and lower bound of each dimension, then the elements with their
/// lengths; −1 is the length of a null. Source: array_send in the server's arrayfuncs.c.
/// </remarks>
ref struct PostgresArray
{
    const int FixedLength = 3 * sizeof(int);
    const int DimensionLength = 2 * sizeof(int);

    ReadOnlySpan<byte> _rest;

    /// <summary>Reads the head of an array.</summary>
    public PostgresArray(ReadOnlySpan<byte> bytes)
    {
        int dimensions = BinaryPrimitives.ReadInt32BigEndian(bytes);
        Count = dimensions == 0 ? 0 : BinaryPrimitives.ReadInt32BigEndian(bytes[FixedLength..]);
        _rest = bytes[(FixedLength + (dimensions * DimensionLength))..];
    }

    /// <summary>Gets how many elements there are.</summary>
    public int Count { get; }

    /// <summary>Steps to the next element.</summary>
    /// <param name="element">Its bytes; empty if it is null.</param>
    /// <returns>False if it is null.</returns>
    public bool Next(out ReadOnlySpan<byte> element)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(_rest);
        element = _rest.Slice(sizeof(int), Math.Max(length, 0));
        _rest = _rest[(sizeof(int) + element.Length)..];
        return length >= 0;
    }
}
