using BatchRecs.Core.Ranking;
using BatchRecs.Core.ReRanking;

namespace BatchRecs.Core.Recipes;

/// <summary>Turns users into finished rows of the main list: rank, source, reason.</summary>
/// <param name="lists">The trained recipe.</param>
/// <param name="exclusions">Items that may not appear.</param>
/// <param name="count">Length of a list.</param>
/// <param name="reasonDepth">For how many ranks a reason is worked out.</param>
/// <param name="threads">Threads to use; never changes a row.</param>
public sealed class MainLists(RecipeLists lists, Exclusions exclusions, int count, int reasonDepth, int threads)
{
    /// <summary>Gets what re-rankers and rules changed so far; null where there are none.</summary>
    public OrderFigures? Order => lists.Order?.Tally.Figures;

    /// <summary>Makes the rows of a block of users, ordered by user and rank.</summary>
    /// <param name="users">User indices, ascending; a few thousand.</param>
    /// <param name="token">Ends the work early.</param>
    public RecommendationBatch Build(int[] users, CancellationToken token)
    {
        var fused = new CandidateBlock(users.Length, count);
        int[] sources = new int[users.Length * count];
        int[] because = new int[users.Length * count];
        Array.Fill(because, -1);
        UserBlocks.Run(users.Length, threads, (start, length) =>
        {
            var part = lists.Top(users.AsSpan(start, length), exclusions, count);
            fused.CopyFrom(part.Candidates, start);
            part.Sources.CopyTo(sources, start * count);
            for (int n = 0; n < length; n++)
                Explain(users[start + n], part, n, because.AsSpan((start + n) * count, count));
        }, token);
        return ToRows(users, fused, sources, because);
    }

    /// <summary>Asks the scorers why they proposed the first items; the one with the largest share is heard first.</summary>
    void Explain(int user, FusedBlock fused, int list, Span<int> because)
    {
        int depth = Math.Min(reasonDepth, fused.Candidates.Lengths[list]);
        var items = fused.Candidates.ItemsOf(list);
        var sources = fused.SourcesOf(list);
        var proposers = fused.Proposers.AsSpan(list * fused.Candidates.Capacity, depth);
        int[] asked = new int[depth];
        int[] answers = new int[depth];
        for (int s = 0; s < lists.Active.Count; s++)
        {
            int count = 0;
            for (int k = 0; k < depth; k++)
                if ((proposers[k] >> s & 1) == 1)
                    asked[count++] = items[k];
            if (count == 0)
                continue;
            lists.Active[s].Scorer.Explain(user, asked.AsSpan(0, count), answers.AsSpan(0, count));
            for (int k = 0, next = 0; k < depth; k++)
                if ((proposers[k] >> s & 1) == 1 && answers[next++] is >= 0 and var item && (sources[k] == s || because[k] < 0))
                    because[k] = item;
        }
    }

    RecommendationBatch ToRows(int[] users, CandidateBlock fused, int[] sources, int[] because)
    {
        var rows = new RecommendationBatch(fused.Lengths.Sum());
        int row = 0;
        for (int n = 0; n < users.Length; n++)
            for (int k = 0; k < fused.Lengths[n]; k++, row++)
            {
                int at = (n * count) + k;
                string source = lists.SourceNames[sources[at]];
                rows.Users[row] = users[n];
                rows.Ranks[row] = k + 1;
                rows.Items[row] = fused.Items[at];
                rows.Scores[row] = fused.Scores[at];
                rows.Sources[row] = source;
                rows.Because[row] = because[at];
                rows.Reasons[row] = because[at] >= 0 ? ReasonCodes.Because : ReasonCodes.OfSource(source);
            }
        rows.Count = row;
        return rows;
    }
}
