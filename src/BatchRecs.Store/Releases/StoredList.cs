namespace BatchRecs.Store.Releases;

/// <summary>One list as the database holds it.</summary>
sealed class StoredList
{
    /// <summary>Gets or sets the index of the user or item that it belongs to; −1 if the release was made without that one.</summary>
    public int Owner { get; set; } = -1;

    /// <summary>Gets or sets a value indicating whether every row of the list has all its values.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Gets the rows, in the order of ranks.</summary>
    public List<StoredEntry> Entries { get; } = [];

    /// <summary>Empties the list for its next owner.</summary>
    public void Begin(int owner)
    {
        Owner = owner;
        IsWhole = true;
        Entries.Clear();
    }
}

/// <summary>One row of a list as the database holds it.</summary>
/// <param name="Rank">Its rank; 0 if that is no integer.</param>
/// <param name="Item">Index of its item; −1 if the release was made without that one.</param>
/// <param name="Score">Its score; not a number if it has none.</param>
/// <param name="Because">Index of the item behind it; −1 if there is none, −2 if the release was made without that one.</param>
/// <param name="Unknown">The item as text where its index is −1.</param>
readonly record struct StoredEntry(long Rank, int Item, double Score, int Because = -1, string? Unknown = null)
{
    /// <summary>Stands for an item that the release was made without.</summary>
    public const int UnknownBecause = -2;
}

/// <summary>The lists of a release, one after the other as they are read.</summary>
abstract class StoredLists
{
    /// <summary>Gets the list that was read last; it is valid until the next one.</summary>
    public StoredList Current { get; } = new();

    /// <summary>Reads the next list.</summary>
    /// <returns>False after the last one.</returns>
    public abstract ValueTask<bool> NextAsync(CancellationToken token);
}
