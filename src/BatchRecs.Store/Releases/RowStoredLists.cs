using BatchRecs.Core.Data;
using BatchRecs.Store.Extract;

namespace BatchRecs.Store.Releases;

/// <summary>Lists that are stored with a row per rank: owner, rank, item, score and, in some, the item behind the row.</summary>
/// <param name="rows">The rows, list by list in the order of ranks.</param>
/// <param name="owners">The owners that the release was made for; null = lists with names of their own, numbered as they come.</param>
/// <param name="items">The items that the release was made from.</param>
/// <param name="hasBecause">True = the rows name the item behind them.</param>
sealed class RowStoredLists(RowReader rows, IdIndex? owners, IdIndex items, bool hasBecause) : StoredLists
{
    const int OwnerColumn = 0;
    const int RankColumn = 1;
    const int ItemColumn = 2;
    const int ScoreColumn = 3;
    const int BecauseColumn = 4;

    readonly IdField _owner = new(owners?.Kind ?? IdKind.Text, OwnerColumn);
    readonly IdField _item = new(items.Kind, ItemColumn);
    readonly IdField _because = new(items.Kind, BecauseColumn);
    string? _name;
    int _named = -1;
    bool _isStarted;
    bool _hasRow;

    /// <inheritdoc/>
    public override async ValueTask<bool> NextAsync(CancellationToken token)
    {
        if (!_isStarted)
            _hasRow = await rows.NextAsync(token);
        _isStarted = true;
        if (!_hasRow)
            return false;

        Current.Begin(Owner());
        long rank;
        do
        {
            var entry = Entry();
            rank = entry.Rank;
            Current.Entries.Add(entry);
            _hasRow = await rows.NextAsync(token);
        }
        while (_hasRow && IsSameList(rank));
        return true;
    }

    /// <summary>Tells whether the row is one of the list before; of owners that nobody knows only the ranks can tell.</summary>
    bool IsSameList(long previousRank) => Owner() == Current.Owner
        && (Current.Owner >= 0 || (rows.Class(RankColumn) == FieldClass.Integer && rows.Integer(RankColumn) > previousRank));

    int Owner()
    {
        if (owners is not null)
            return _owner.Read(rows) == IdState.Read ? _owner.FindIn(owners) : -1;
        string? name = _owner.Text(rows);
        if (name == _name)
            return _named;
        _name = name;
        return ++_named;
    }

    StoredEntry Entry()
    {
        int item = _item.Read(rows) == IdState.Read ? _item.FindIn(items) : -1;
        return new StoredEntry(
            rows.Class(RankColumn) == FieldClass.Integer ? rows.Integer(RankColumn) : 0,
            item,
            rows.Class(ScoreColumn) is FieldClass.Real or FieldClass.Integer ? rows.Real(ScoreColumn) : double.NaN,
            Because(),
            item < 0 ? _item.Text(rows) ?? "null" : null);
    }

    int Because()
    {
        if (!hasBecause)
            return -1;
        var state = _because.Read(rows);
        if (state == IdState.Null)
            return -1;
        int item = state == IdState.Read ? _because.FindIn(items) : -1;
        return item < 0 ? StoredEntry.UnknownBecause : item;
    }
}
