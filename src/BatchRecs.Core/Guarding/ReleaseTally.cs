using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Guarding;

/// <summary>Counts the rows of a release as they pass on their way to the store. Not safe for several threads.</summary>
/// <param name="itemCount">Number of items.</param>
/// <param name="fullLength">Length of a full list.</param>
/// <param name="depth">How many ranks count for coverage.</param>
public sealed class ReleaseTally(int itemCount, int fullLength, int depth)
{
    const double CommonShare = 0.95;

    readonly int[] _listsByLength = new int[fullLength + 1];
    long _nonFiniteScores;

    /// <summary>Gets how often each item appears in the counted ranks of the main lists.</summary>
    public Exposure Exposure { get; } = new(itemCount, depth);

    /// <summary>Counts rows of the main lists.</summary>
    /// <param name="batch">Whole lists: all rows of a user are in one batch, ordered by rank.</param>
    /// <param name="users">How many users were asked for: those without a row have an empty list.</param>
    public void AddMain(RecommendationBatch batch, int users)
    {
        AddScores(batch);
        for (int start = 0, end; start < batch.Count; start = end)
        {
            for (end = start + 1; end < batch.Count && batch.Users[end] == batch.Users[start];)
                end++;
            Exposure.Add(batch.Items.AsSpan(start..end));
            _listsByLength[end - start]++;
            users--;
        }
        _listsByLength[0] += users;
    }

    /// <summary>Counts rows of other lists, of which only the scores are checked.</summary>
    public void AddScores(RecommendationBatch batch)
    {
        foreach (double score in batch.Scores.AsSpan(0, batch.Count))
            if (!double.IsFinite(score))
                _nonFiniteScores++;
    }

    /// <summary>Returns the figures of all rows counted.</summary>
    /// <param name="ineligible">One flag per item; true = not part of the catalogue; null = every item is.</param>
    /// <param name="catalogue">What is known of the items; null = nothing, and what depends on it is 0.</param>
    public ReleaseFigures Figures(bool[]? ineligible = null, CatalogueFacts? catalogue = null)
    {
        int asked = _listsByLength.Sum();
        return new ReleaseFigures
        {
            Users = asked - _listsByLength[0],
            CommonLength = CommonLength(asked),
            FullLength = fullLength,
            Depth = Exposure.Depth,
            Coverage = Exposure.Coverage(ineligible: ineligible),
            Gini = ListFigures.GiniOf([.. Exposure.Counts.Where((_, item) => ineligible?[item] != true)]),
            Popularity = catalogue?.Popularity(Exposure) ?? 0,
            NewItems = catalogue?.NewItemShare(Exposure) ?? 0,
            NonFiniteScores = _nonFiniteScores,
        };
    }

    /// <summary>Returns the largest length that at least 95 % of the lists reach.</summary>
    int CommonLength(int users)
    {
        int shorter = 0;
        for (int length = 0; length < _listsByLength.Length; length++)
        {
            shorter += _listsByLength[length];
            if (users - shorter < CommonShare * users)
                return length;
        }
        return 0;
    }
}
