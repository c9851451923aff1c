using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Training;

/// <summary>One ranking of items for all users; a user's list is the ranking without what the user may not get.</summary>
sealed class PopularityRanking : IFittedScorer
{
    const string ScoresName = "scores";

    readonly int[] _ranked;
    readonly float[] _scores;

    /// <summary>Opens a ranking.</summary>
    /// <param name="state">What <see cref="State"/> returned.</param>
    public PopularityRanking(ModelState state)
    {
        _scores = Array.ConvertAll(state.Get<double>(ScoresName), score => (float)score);
        // Ordered by the scores as they are handed out, so that ties go to the lower index there too.
        _ranked = [.. Enumerable.Range(0, _scores.Length).Where(item => _scores[item] > 0).OrderByDescending(item => _scores[item])];
    }

    /// <summary>Makes the state of a ranking.</summary>
    /// <param name="scores">Score per item; an item without a positive score is never a candidate.</param>
    public static ModelState State(double[] scores) => new()
    {
        Arrays = new Dictionary<string, ModelArray> { [ScoresName] = new(scores, scores.Length) },
    };

    /// <inheritdoc/>
    public void TopCandidates(ReadOnlySpan<int> users, Exclusions exclusions, CandidateBlock candidates)
    {
        for (int n = 0; n < users.Length; n++)
        {
            var excluded = exclusions.Of(users[n]);
            int at = n * candidates.Capacity;
            int length = 0;
            for (int rank = 0; rank < _ranked.Length && length < candidates.Capacity; rank++)
            {
                int item = _ranked[rank];
                if (exclusions.IsIneligible(item) || excluded.BinarySearch(item) >= 0)
                    continue;
                candidates.Items[at + length] = item;
                candidates.Scores[at + length] = _scores[item];
                length++;
            }
            candidates.Lengths[n] = length;
        }
    }

    /// <inheritdoc/>
    public void Explain(int user, ReadOnlySpan<int> items, Span<int> because) => because.Fill(-1);
}
