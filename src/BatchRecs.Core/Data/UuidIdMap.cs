namespace BatchRecs.Core.Data;

/// <summary>Uuids, ascending by their 16 bytes in network order.</summary>
public sealed class UuidIdMap(Guid[] sortedIds) : IdMap(IdKind.Uuid)
{
    /// <summary>Gets the order of uuids: by their 16 bytes in network order, as PostgreSQL sorts them.</summary>
    public static Comparer<Guid> Order { get; } = Comparer<Guid>.Create(static (left, right) =>
    {
        Span<byte> bytes = stackalloc byte[32];
        left.TryWriteBytes(bytes[..16], bigEndian: true, out _);
        right.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        return bytes[..16].SequenceCompareTo(bytes[16..]);
    });

    /// <inheritdoc/>
    public override int Count => sortedIds.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<Guid> Uuids => sortedIds;

    /// <inheritdoc/>
    public override string ToText(int index) => sortedIds[index].ToString("D");

    /// <inheritdoc/>
    public override bool TryFind(string text, out int index)
    {
        index = Guid.TryParse(text, out Guid id) ? Array.BinarySearch(sortedIds, id, Order) : -1;
        return index >= 0;
    }

    /// <inheritdoc/>
    public override IdMap Select(ReadOnlySpan<int> indices)
    {
        Guid[] selected = new Guid[indices.Length];
        for (int n = 0; n < selected.Length; n++)
            selected[n] = sortedIds[indices[n]];
        return new UuidIdMap(selected);
    }
}
