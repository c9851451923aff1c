namespace BatchRecs.Pipeline.Yaml;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
static class Suggestion
{
    /// <summary>Returns <c>did you mean 'x'?</c> if a known word is close, otherwise the list of known words.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="known">The words that exist here; may be empty.</param>
    public static string For(string word, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
            return "expected none.";
        var (closest, distance) = known
            .Select(candidate => (candidate, Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .MinBy(candidate => candidate.Item2);
        return distance <= Allowed(word) ? $"did you mean '{closest}'?" : $"expected one of: {string.Join(", ", known)}.";
    }

    /// <summary>Two neighbouring letters swapped, the commonest slip, are a distance of two.</summary>
    static int Allowed(string word) => word.Length < 4 ? 1 : Math.Max(2, word.Length / 3);

    /// <summary>Returns the number of letters to insert, delete or replace (Levenshtein 1966).</summary>
    static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
