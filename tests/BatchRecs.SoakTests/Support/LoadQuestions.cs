using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;

namespace BatchRecs.SoakTests.Support;

/// <summary>What readers under load ask, and what a complete answer is.</summary>
/// <param name="provider">The store.</param>
/// <param name="length">How many items a list has.</param>
sealed class LoadQuestions(StoreProvider provider, int length)
{
    readonly Dictionary<long, double> _scores = [];

    /// <summary>Gets the ids of the users; the last one has no list.</summary>
    public IdMap UserIds { get; } = Some.Ids(IdKind.Int64, 400);

    /// <summary>Gets the ids of the items.</summary>
    public IdMap ItemIds { get; } = Some.Ids(IdKind.Int64, 60);

    /// <summary>Gets how many users have a list.</summary>
    public int Users => UserIds.Count - 1;

    /// <summary>Gets how many items a list has.</summary>
    public int Length => length;

    /// <summary>Gets the question for a user's list in the view.</summary>
    public string List => $"select rank, score, release_id as ReleaseId from {View("recommendations")} where user_id = @user order by rank";

    /// <summary>Gets the question for a user's list as an application asks it: by the function, where the store has functions.</summary>
    public string Function => provider == StoreProvider.Postgres
        ? "select rank, score, release_id as ReleaseId from recs.movies_for(@user, @n) order by rank"
        : List;

    /// <summary>Gets the question for the number of rows of all views.</summary>
    public string Whole => string.Join(
        " union all ",
        ((string[])["recommendations", "similar_items", "popular", "items"]).Select((view, n) =>
            $"select {n} as position, release_id as ReleaseId, count(*) as Rows from {View(view)} group by release_id")) +
        " order by position";

    /// <summary>Gets the numbers of rows of a complete release, in the order of <see cref="Whole"/>.</summary>
    public long[] WholeCounts => [(long)Users * length, 2, 6, 1];

    /// <summary>Returns the id of a user.</summary>
    public static long UserAt(int index) => index * 10L;

    /// <summary>Says which score all rows of a release have.</summary>
    public void Know(long release, double score) => _scores.Add(release, score);

    /// <summary>Returns the score that all rows of a release have.</summary>
    public double ScoreOf(long release) => _scores[release];

    string View(string name) => (provider == StoreProvider.Postgres ? "recs." : "") + "movies_" + name;
}
