namespace BatchRecs.Store.Releases;

/// <summary>Numbers items by their ids, in the order in which they come: indices of two releases differ, ids do not.</summary>
public sealed class ItemNumbers
{
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<string> _ids = [];

    /// <summary>Gets the ids; item n is the n-th of them.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Returns the number of an item, from 0; a new item gets the next.</summary>
    public int Of(string itemId)
    {
        if (_numbers.TryGetValue(itemId, out int number))
            return number;
        _numbers.Add(itemId, _ids.Count);
        _ids.Add(itemId);
        return _ids.Count - 1;
    }
}
