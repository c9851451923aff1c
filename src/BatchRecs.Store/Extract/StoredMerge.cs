using System.Runtime.InteropServices;
using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>Joins the stored rows of a source with what was read now.</summary>
/// <param name="stored">The stored rows.</param>
/// <param name="region">Which of them lie inside the window.</param>
/// <param name="keeper">Knows the keys that were read, and keeps what stays.</param>
/// <param name="deleted">Keys of deleted rows; null = none are known.</param>
sealed class StoredMerge(StoredSource stored, StoredRegion region, RowKeeper keeper, RowKeys? deleted)
{
    const int RowsPerCheck = 1 << 16;

    readonly Dictionary<string, long> _bad = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _unknown = new(StringComparer.Ordinal);
    long _count;
    long _events;

    /// <summary>Adds the stored rows that still hold to the snapshot.</summary>
    public StoredRows Run(StoredIds ids, SnapshotBuilder snapshot, CancellationToken token)
    {
        for (int n = 0; n < stored.Times.Length; n++)
        {
            if (n % RowsPerCheck == 0)
                token.ThrowIfCancellationRequested();
            if (stored.Times[n] > region.After && !IsReplaced(n))
                Take(n, ids, snapshot);
        }
        return new StoredRows(_count, _events, _bad, _unknown);
    }

    bool IsReplaced(int n) =>
        stored.Keys.Length > 0 && (keeper.Keys!.Contains(stored.Keys[n]) || (deleted?.Contains(stored.Keys[n]) ?? false));

    void Take(int n, StoredIds ids, SnapshotBuilder snapshot)
    {
        _count++;
        var (user, item) = (stored.Users[n], stored.Items[n]);
        switch (user)
        {
            case StoredSource.BadRow:
                CollectionsMarshal.GetValueRefOrAddDefault(_bad, stored.Reasons[item], out _)++;
                break;
            case StoredSource.UnknownType:
                CollectionsMarshal.GetValueRefOrAddDefault(_unknown, stored.UnknownTypes[item], out _)++;
                break;
            case StoredSource.Forgotten:
                _events++;
                break;
            default:
                _events++;
                (user, item) = (ids.User(user), ids.Item(item));
                snapshot.Add(user, item, stored.Types[n], stored.Values[n], stored.Times[n]);
                break;
        }
        keeper.KeepStored(n, user, item);
    }
}

/// <summary>How many stored rows of a source still hold.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Events">Those that are events.</param>
/// <param name="Bad">The bad ones, by reason.</param>
/// <param name="UnknownTypes">Those of unknown types, by type.</param>
sealed record StoredRows(long Count, long Events, IReadOnlyDictionary<string, long> Bad, IReadOnlyDictionary<string, long> UnknownTypes)
{
    /// <summary>Adds them to what came of the rows that were read, as if they had been read too.</summary>
    public SourceReport AddTo(SourceReport read) => read with
    {
        RowsRead = read.RowsRead + Count,
        Stored = Count,
        Kept = read.Kept + Events,
        Bad = Sum(read.Bad, Bad),
        UnknownTypes = UnknownTypeCounts.ToReport(Sum(read.UnknownTypes, UnknownTypes)),
    };

    static SortedDictionary<string, long> Sum(IReadOnlyDictionary<string, long> left, IReadOnlyDictionary<string, long> right)
    {
        var sum = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in left.Concat(right))
            sum[name] = sum.GetValueOrDefault(name) + count;
        return sum;
    }
}
