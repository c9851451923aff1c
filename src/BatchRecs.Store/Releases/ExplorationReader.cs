using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>One draw as a release has it.</summary>
/// <param name="User">Index of the user; −1 if the map does not have that one.</param>
/// <param name="Rank">Its rank.</param>
/// <param name="Item">Index of the drawn item; −1 if the map does not have that one.</param>
/// <param name="Score">What the blend thought of the item, in [0, 1].</param>
/// <param name="Propensity">The probability of the draw.</param>
/// <param name="PoolSize">How many items could have been drawn.</param>
/// <param name="BestItem">Index of the item that the blend would have taken; −1 if the map does not have that one.</param>
/// <param name="IsBest">True = the draw took what the blend would have taken.</param>
public readonly record struct StoredDraw(
    int User, int Rank, int Item, double Score, double Propensity, long PoolSize, int BestItem, bool IsBest);

/// <summary>Reads what was drawn in a release, without an object per row.</summary>
/// <param name="session">A session on the store.</param>
/// <param name="names">The names of the recommender, which explores.</param>
/// <param name="users">Finds users.</param>
/// <param name="items">Finds items.</param>
sealed class ExplorationReader(Session session, RecommenderNames names, IdIndex users, IdIndex items)
{
    const int UserColumn = 0;
    const int RankColumn = 1;
    const int ItemColumn = 2;
    const int ScoreColumn = 3;
    const int PropensityColumn = 4;
    const int PoolColumn = 5;
    const int BestColumn = 6;
    const int IsBestColumn = 7;

    /// <summary>Hands over the draws of a release, user by user.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="Core.Errors.StoreException">The store refused.</exception>
    public Task<long> ReadAsync(long releaseId, Action<StoredDraw> take, CancellationToken token)
    {
        var statement = new Statement($"releases/read_{ReleaseTable.Exploration.Form}", names.Tokens
            .With("table", session.Database.ReleaseTables.LoadTarget(names, ReleaseTable.Exploration, releaseId))
            .With("release", releaseId.ToString(CultureInfo.InvariantCulture)));
        ColumnForm[] forms =
        [
            users.Kind.Form, ColumnForm.Int64, items.Kind.Form, ColumnForm.Real, ColumnForm.Real, ColumnForm.Int64, items.Kind.Form,
            ColumnForm.Int64,
        ];
        return session.ReadRowsAsync(statement, forms, async rows =>
        {
            var user = new IdField(users.Kind, UserColumn);
            var item = new IdField(items.Kind, ItemColumn);
            var best = new IdField(items.Kind, BestColumn);
            long count = 0;
            for (; await rows.NextAsync(token); count++)
                take(new StoredDraw(
                    Find(user, rows, users),
                    (int)rows.Integer(RankColumn),
                    Find(item, rows, items),
                    rows.Real(ScoreColumn),
                    rows.Real(PropensityColumn),
                    rows.Integer(PoolColumn),
                    Find(best, rows, items),
                    rows.Integer(IsBestColumn) == 1));
            return count;
        }, token);
    }

    static int Find(IdField field, RowReader rows, IdIndex ids) => field.Read(rows) == IdState.Read ? field.FindIn(ids) : -1;
}
