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
            for (int n = start; n < start + length; n++)
                Explain(users[n], fused.ItemsOf(n), sources.AsSpan(n * count, fused.Lengths[n]), because.AsSpan(n * count));
        }, token);
        return ToRows(users, fused, sources, because);
    }

    /// <summary>Asks each scorer about the items that it put into the first ranks.</summary>
    void Explain(int user, ReadOnlySpan<int> items, ReadOnlySpan<int> sources, Span<int> because)
    {
        int depth = Math.Min(reasonDepth, items.Length);
        Span<int> asked = depth <= 256 ? stackalloc int[depth] : new int[depth];
        Span<int> answers = depth <= 256 ? stackalloc int[depth] : new int[depth];
        for (int s = 0; s < lists.Active.Count; s++)
        {
            int found = 0;
            for (int k = 0; k < depth; k++)
                if (sources[k] == s)
                    asked[found++] = items[k];
            if (found == 0)
                continue;
            lists.Active[s].Scorer.Explain(user, asked[..found], answers[..found]);
            for (int k = 0, next = 0; k < depth; k++)
                if (sources[k] == s)
                    because[k] = answers[next++];
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
                string source = lists.Active[sources[at]].Name;
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
