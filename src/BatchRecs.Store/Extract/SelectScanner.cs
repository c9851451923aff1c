using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Makes sure that a user's SQL file holds one select statement.</summary>
/// <remarks>This is help against mistakes; what protects the warehouse is its read-only session.</remarks>
static class SelectScanner
{
    /// <summary>Returns the statement without the semicolon at its end.</summary>
    /// <param name="sql">The text of the file.</param>
    /// <param name="name">The path of the file, for messages.</param>
    /// <exception cref="ConfigurationException">There is no statement, several, or one that is no select.</exception>
    public static string Single(string sql, string name)
    {
        int firstWord = SkipBlanks(sql, 0);
        if (firstWord == sql.Length)
            throw new ConfigurationException($"{name}: the file holds no statement; expected one select statement.");
        if (!StartsWithWord(sql, firstWord, "select") && !StartsWithWord(sql, firstWord, "with"))
            throw new ConfigurationException($"{name}: the file must hold one select statement: start it with 'select' or 'with'.");

        int semicolon = FindSemicolon(sql, firstWord);
        if (semicolon == sql.Length)
            return sql;
        return SkipBlanks(sql, semicolon + 1) == sql.Length
            ? sql[..semicolon]
            : throw new ConfigurationException(
                $"{name}: the file holds several statements; expected one select statement. Put each in a file of its own.");
    }

    static bool StartsWithWord(string sql, int at, string word) =>
        string.Compare(sql, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at + word.Length == sql.Length || !char.IsAsciiLetterOrDigit(sql[at + word.Length]));

    /// <summary>Finds the first semicolon outside strings, quoted identifiers and comments, or the end.</summary>
    static int FindSemicolon(string sql, int at)
    {
        while (at < sql.Length && sql[at] != ';')
            at = sql[at] switch
            {
                '\'' or '"' => AfterNext(sql, at + 1, sql[at].ToString()),
                '$' => SkipDollarQuote(sql, at),
                _ => SkipComment(sql, at) is var next && next > at ? next : at + 1,
            };
        return Math.Min(at, sql.Length);
    }

    static int SkipBlanks(string sql, int at)
    {
        while (at < sql.Length)
        {
            int next = char.IsWhiteSpace(sql[at]) ? at + 1 : SkipComment(sql, at);
            if (next == at)
                break;
            at = next;
        }
        return at;
    }

    static int SkipComment(string sql, int at)
    {
        if (string.CompareOrdinal(sql, at, "--", 0, 2) == 0)
            return AfterNext(sql, at, "\n");
        return string.CompareOrdinal(sql, at, "/*", 0, 2) == 0 ? AfterNext(sql, at + 2, "*/") : at;
    }

    /// <summary>Skips <c>$tag$ … $tag$</c>; a dollar that opens no such string is a character like any other.</summary>
    static int SkipDollarQuote(string sql, int at)
    {
        int end = at + 1;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;
        if (end == sql.Length || sql[end] != '$' || (end > at + 1 && char.IsAsciiDigit(sql[at + 1])))
            return at + 1;
        return AfterNext(sql, end + 1, sql[at..(end + 1)]);
    }

    static int AfterNext(string sql, int from, string text)
    {
        int found = sql.IndexOf(text, from, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + text.Length;
    }
}
