namespace BatchRecs.Core.Data;

/// <summary>Finds the indices of typed ids in a map, many times and without making strings.</summary>
/// <param name="map">The map to look in.</param>
public sealed class IdIndex(IdMap map)
{
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _texts = TextsOf(map);

    /// <summary>Gets the kind of the ids in the map.</summary>
    public IdKind Kind => map.Kind;

    /// <summary>Returns the index of an integer id, or −1.</summary>
    public int Find(long id) => Math.Max(map.Integers.BinarySearch(id), -1);

    /// <summary>Returns the index of a uuid, or −1.</summary>
    public int Find(Guid id) => Math.Max(map.Uuids.BinarySearch(id, UuidIdMap.Order), -1);

    /// <summary>Returns the index of a text id, or −1.</summary>
    public int Find(ReadOnlySpan<char> id) => _texts.TryGetValue(id, out int index) ? index : -1;

    static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> TextsOf(IdMap map)
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        if (map.Kind == IdKind.Text)
            foreach (string id in map.Texts)
                indices.Add(id, indices.Count);
        return indices.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
