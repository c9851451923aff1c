using System.Text;

namespace BatchRecs.Store.Quarantine;

/// <summary>Texts of the warehouse on their way to where people look at them.</summary>
public static class StoredText
{
    /// <summary>The longest id, in bytes of UTF-8: an index of PostgreSQL takes entries of at most 2,704 bytes.</summary>
    public const int MaxIdBytes = 1_000;

    const int ShownCharacters = 60;
    const int KeptCharacters = 200;
    const char Cut = '…';

    /// <summary>Returns a text as the quarantine keeps it: unchanged if it could be an id, else cut; never with U+0000.</summary>
    /// <param name="text">The text; may be null.</param>
    public static string? ToKeep(string? text)
    {
        if (text is null)
            return null;
        string kept = Encoding.UTF8.GetByteCount(text) <= MaxIdBytes ? text : Shorten(text, KeptCharacters);
        return kept.Replace("\0", "\\0", StringComparison.Ordinal);
    }

    /// <summary>Returns a text as messages show it: short, in one line, without what moves a cursor or turns a line around.</summary>
    /// <param name="text">The text; may be null, which is shown as such.</param>
    public static string ToShow(string? text)
    {
        if (text is null)
            return "null";
        var shown = new StringBuilder();
        foreach (char c in Shorten(text, ShownCharacters))
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
                shown.Append($"\\u{(int)c:x4}");
            else
                shown.Append(c);
        return shown.ToString();
    }

    static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        // Never between the halves of a character.
        int end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + Cut;
    }
}
