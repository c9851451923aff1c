using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using BatchRecs.Core.Data;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Releases;

namespace BatchRecs.Store.Postgres;

/// <summary>Lists that are stored as arrays: user, items, scores, items behind the rows, number of sources and of reasons.</summary>
/// <param name="rows">The lists.</param>
/// <param name="users">The users that the release was made for.</param>
/// <param name="items">The items that the release was made from.</param>
sealed class PostgresStoredLists(RowReader rows, IdIndex users, IdIndex items) : StoredLists
{
    const int UserColumn = 0;
    const int ItemsColumn = 1;
    const int ScoresColumn = 2;
    const int BecauseColumn = 3;
    const int SourceCountColumn = 4;
    const int ReasonCountColumn = 5;

    readonly IdField _user = new(users.Kind, UserColumn);

    /// <inheritdoc/>
    public override async ValueTask<bool> NextAsync(CancellationToken token)
    {
        if (!await rows.NextAsync(token))
            return false;
        ReadCurrent();
        return true;
    }

    void ReadCurrent()
    {
        Current.Begin(_user.Read(rows) == IdState.Read ? _user.FindIn(users) : -1);
        var listed = new PostgresArray(rows.Utf8(ItemsColumn));
        var scores = new PostgresArray(rows.Utf8(ScoresColumn));
        var because = new PostgresArray(rows.Utf8(BecauseColumn));
        Current.IsWhole = scores.Count == listed.Count && because.Count == listed.Count
            && rows.Integer(SourceCountColumn) == listed.Count && rows.Integer(ReasonCountColumn) == listed.Count;
        for (int n = 0; n < listed.Count; n++)
        {
            bool hasItem = listed.Next(out var itemBytes);
            int item = hasItem ? Find(itemBytes) : -1;
            bool hasScore = TryNext(ref scores, n, out var score);
            bool hasBecause = TryNext(ref because, n, out var behind);
            Current.Entries.Add(new StoredEntry(
                n + 1,
                item,
                hasScore ? BinaryPrimitives.ReadDoubleBigEndian(score) : double.NaN,
                !hasBecause ? -1 : Find(behind) is >= 0 and var found ? found : StoredEntry.UnknownBecause,
                item >= 0 ? null : hasItem ? Text(itemBytes) : "null"));
        }
    }

    /// <summary>Reads the n-th element of an array that may be shorter.</summary>
    static bool TryNext(ref PostgresArray array, int n, out ReadOnlySpan<byte> element)
    {
        element = default;
        return n < array.Count && array.Next(out element);
    }

    int Find(ReadOnlySpan<byte> id) => items.Kind switch
    {
        IdKind.Uuid => items.Find(new Guid(id, bigEndian: true)),
        IdKind.Text => items.Find(Encoding.UTF8.GetString(id)),
        _ => items.Find(Integer(id)),
    };

    string Text(ReadOnlySpan<byte> id) => items.Kind switch
    {
        IdKind.Uuid => new Guid(id, bigEndian: true).ToString(),
        IdKind.Text => Encoding.UTF8.GetString(id),
        _ => Integer(id).ToString(CultureInfo.InvariantCulture),
    };

    static long Integer(ReadOnlySpan<byte> id) => id.Length switch
    {
        sizeof(short) => BinaryPrimitives.ReadInt16BigEndian(id),
        sizeof(int) => BinaryPrimitives.ReadInt32BigEndian(id),
        _ => BinaryPrimitives.ReadInt64BigEndian(id),
    };
}
