using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>Codes the ids of stored rows for a new snapshot; an id enters it with its first row, never without one.</summary>
/// <param name="stored">The stored rows.</param>
/// <param name="snapshot">The new snapshot.</param>
sealed class StoredIds(StoredEvents stored, SnapshotBuilder snapshot)
{
    const int NoCode = -1;

    readonly int[] _users = NoCodes(stored.Users);
    readonly int[] _items = NoCodes(stored.Items);

    /// <summary>Returns the code of a stored user.</summary>
    public int User(int index) => Code(_users, index, stored.Users, snapshot.Users);

    /// <summary>Returns the code of a stored item.</summary>
    public int Item(int index) => Code(_items, index, stored.Items, snapshot.Items);

    static int Code(int[] codes, int index, IdMap ids, IdColumnBuilder target)
    {
        if (codes[index] == NoCode)
            codes[index] = ids.Kind switch
            {
                IdKind.Uuid => target.Add(ids.Uuids[index]),
                IdKind.Text => target.Add(ids.Texts[index]),
                _ => target.Add(ids.Integers[index]),
            };
        return codes[index];
    }

    static int[] NoCodes(IdMap ids)
    {
        int[] codes = new int[ids.Count];
        Array.Fill(codes, NoCode);
        return codes;
    }
}
