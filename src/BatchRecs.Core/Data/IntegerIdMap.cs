using System.Globalization;

namespace BatchRecs.Core.Data;

/// <summary>Ids of 16, 32 or 64 bits, ascending.</summary>
public sealed class IntegerIdMap(IdKind kind, long[] sortedIds) : IdMap(kind)
{
    /// <inheritdoc/>
    public override int Count => sortedIds.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<long> Integers => sortedIds;

    /// <inheritdoc/>
    public override string ToText(int index) => sortedIds[index].ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool TryFind(string text, out int index)
    {
        index = -1;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long id))
            index = Array.BinarySearch(sortedIds, id);
        return index >= 0;
    }

    /// <inheritdoc/>
    public override IdMap Select(ReadOnlySpan<int> indices)
    {
        long[] selected = new long[indices.Length];
        for (int n = 0; n < selected.Length; n++)
            selected[n] = sortedIds[indices[n]];
        return new IntegerIdMap(Kind, selected);
    }
}
