namespace BatchRecs.Pipeline.Yaml;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
static class Suggestion
{
    /// <summary>Returns <c> Did you mean 'x'?</c> if a known word is close, otherwise the list of known words.</summary>
    public static string For(string word, IReadOnlyCollection<string> known)
    {
        string? closest = known.MinBy(candidate => Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant()));
        return closest is not null && Distance(word.ToLowerInvariant(), closest.ToLowerInvariant()) <= Math.Max(1, word.Length / 3)
            ? $"did you mean '{closest}'?"
            : $"expected one of: {string.Join(", ", known)}.";
    }

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
