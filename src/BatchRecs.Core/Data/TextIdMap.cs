namespace BatchRecs.Core.Data;

/// <summary>Text ids, ascending by their UTF-8 bytes; compared ordinally, so <c>a</c> and <c>A</c> are two ids.</summary>
public sealed class TextIdMap(string[] sortedIds) : IdMap(IdKind.Text)
{
    /// <summary>Gets the order of text ids: by UTF-8 bytes, that is by Unicode code point.</summary>
    /// <remarks>Ordinal comparison of UTF-16 differs from it only where surrogates meet U+E000 … U+FFFF.</remarks>
    public static Comparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <inheritdoc/>
    public override int Count => sortedIds.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<string> Texts => sortedIds;

    /// <inheritdoc/>
    public override string ToText(int index) => sortedIds[index];

    /// <inheritdoc/>
    public override bool TryFind(string text, out int index)
    {
        index = Array.BinarySearch(sortedIds, text, Order);
        return index >= 0;
    }

    /// <inheritdoc/>
    public override IdMap Select(ReadOnlySpan<int> indices)
    {
        string[] selected = new string[indices.Length];
        for (int n = 0; n < selected.Length; n++)
            selected[n] = sortedIds[indices[n]];
        return new TextIdMap(selected);
    }

    static int Compare(string? left, string? right)
    {
        ReadOnlySpan<char> a = left, b = right;
        int common = a.CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
            return a.Length - b.Length;
        char x = a[common], y = b[common];
        bool xSurrogate = char.IsSurrogate(x), ySurrogate = char.IsSurrogate(y);
        // A surrogate pair encodes a code point above U+FFFF, so it follows every lone UTF-16 unit.
        return xSurrogate == ySurrogate ? x - y : xSurrogate ? 1 : -1;
    }
}
