using BatchRecs.Core.Allocating;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Recipes;

/// <summary>Turns users into finished rows of the main list: rank, source, reason.</summary>
/// <param name="lists">The trained recipe.</param>
/// <param name="exclusions">Items that may not appear.</param>
/// <param name="count">Length of a list.</param>
/// <param name="reasonDepth">For how many ranks a reason is worked out.</param>
/// <param name="threads">Threads to use; never changes a row.</param>
public sealed class MainLists(RecipeLists lists, Exclusions exclusions, int count, int reasonDepth, int threads)
{
    /// <summary>Makes the rows of a block of users, ordered by user and rank.</summary>
    /// <param name="users">User indices, ascending; a few thousand.</param>
    /// <param name="token">Ends the work early.</param>
    public RecommendationBatch Build(int[] users, CancellationToken token) =>
        Rows(lists.SetOfAll(users, exclusions, count, count, token), 0, users.Length, token);

    /// <summary>Makes the rows of some lists that exist, ordered by user and rank.</summary>
    /// <param name="set">Lists of this recipe.</param>
    /// <param name="first">The first of the lists.</param>
    /// <param name="length">How many; a few thousand.</param>
    /// <param name="token">Ends the work early.</param>
    public RecommendationBatch Rows(ListSet set, int first, int length, CancellationToken token)
    {
        int[] because = new int[length * count];
        Array.Fill(because, -1);
        UserBlocks.Run(length, threads, (start, part) =>
        {
            for (int n = start; n < start + part; n++)
                Explain(set, first + n, because.AsSpan(n * count, count));
        }, token);
        return ToRows(set, first, length, because);
    }

    /// <summary>Asks the scorers why they proposed the first items; the one with the largest share is heard first.</summary>
    void Explain(ListSet set, int list, Span<int> because)
    {
        var items = set.First(list, Math.Min(reasonDepth, set.Count));
        int depth = items.Length;
        var sources = set.Sources.AsSpan(list * set.Candidates.Capacity, depth);
        var proposers = set.Proposers.AsSpan(list * set.Candidates.Capacity, depth);
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
            lists.Active[s].Scorer.Explain(set.Users[list], asked.AsSpan(0, count), answers.AsSpan(0, count));
            for (int k = 0, next = 0; k < depth; k++)
                if ((proposers[k] >> s & 1) == 1 && answers[next++] is >= 0 and var item && (sources[k] == s || because[k] < 0))
                    because[k] = item;
        }
    }

    RecommendationBatch ToRows(ListSet set, int first, int length, int[] because)
    {
        var rows = new RecommendationBatch(Enumerable.Range(first, length).Sum(n => set.Served(n).Length));
        for (int n = 0; n < length; n++)
        {
            var items = set.Served(first + n);
            for (int k = 0; k < items.Length; k++)
            {
                int row = rows.Count++;
                int at = ((first + n) * set.Candidates.Capacity) + k;
                int reason = because[(n * count) + k];
                string source = set.SourceNames[set.Sources[at]];
                rows.Users[row] = set.Users[first + n];
                rows.Ranks[row] = k + 1;
                rows.Items[row] = items[k];
                rows.Scores[row] = set.Candidates.Scores[at];
                rows.Sources[row] = source;
                rows.Because[row] = reason;
                rows.Reasons[row] = reason >= 0 ? ReasonCodes.Because : ReasonCodes.OfSource(source);
            }
        }
        return rows;
    }
}
