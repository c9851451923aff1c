using System.Text;

namespace BatchRecs.Host.Cli;

/// <summary>How a column of a table is aligned.</summary>
enum Align
{
    /// <summary>Text.</summary>
    Left,

    /// <summary>Numbers.</summary>
    Right,
}

/// <summary>A column: its heading, its alignment, and what happens to long cells.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Align">Left for text, right for numbers.</param>
/// <param name="MaxWidth">The widest the column may be, in characters; longer cells are cut with ….</param>
/// <param name="Folds">True = where the table is too wide, long cells go on in the next lines; nothing of them is lost.</param>
sealed record Column(string Heading, Align Align = Align.Left, int MaxWidth = TextTable.NoLimit, bool Folds = false);

/// <summary>A table in plain text: two blanks between columns, a rule under the headings, no trailing blanks.</summary>
sealed class TextTable(params IReadOnlyList<Column> columns)
{
    /// <summary>As wide as the cells are.</summary>
    public const int NoLimit = int.MaxValue;

    /// <summary>Narrower columns of text are harder to read than lines that a terminal breaks.</summary>
    const int NarrowestFold = 14;

    const string Gap = "  ";
    readonly List<string[]> _rows = [];

    /// <summary>Adds a row; null cells stay empty.</summary>
    /// <exception cref="ArgumentException">The number of cells differs from the number of columns.</exception>
    public TextTable Add(params IReadOnlyList<string?> cells)
    {
        if (cells.Count != columns.Count)
            throw new ArgumentException($"The table has {columns.Count} columns, the row {cells.Count} cells.", nameof(cells));
        _rows.Add([.. cells.Select((cell, n) => Cut(Flatten(cell), columns[n].MaxWidth))]);
        return this;
    }

    /// <summary>Writes the table, each line after <paramref name="indent"/> blanks.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="indent">Blanks before each line.</param>
    /// <param name="width">Columns of the page; folding columns shrink until the table fits or they are 14 wide.</param>
    public void Write(TextWriter writer, int indent = 0, int width = NoLimit)
    {
        int[] widths = Widths(width - indent);
        WriteLine(writer, indent, widths, [.. columns.Select(column => column.Heading)]);
        WriteLine(writer, indent, widths, [.. widths.Select(columnWidth => new string('-', columnWidth))]);
        foreach (string[] row in _rows)
        {
            List<string>[] folded = [.. row.Select((cell, n) => Fold(cell, widths[n]))];
            for (int line = 0; line < folded.Max(lines => lines.Count); line++)
                WriteLine(writer, indent, widths, [.. folded.Select(lines => line < lines.Count ? lines[line] : "")]);
        }
    }

    /// <summary>Cuts a text to <paramref name="width"/> characters; the last one of a cut text is …</summary>
    public static string Cut(string text, int width) =>
        text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1).TrimEnd(), "…");

    /// <summary>Breaks a text at blanks into lines of at most <paramref name="width"/> characters, and longer words anywhere.</summary>
    static List<string> Fold(string text, int width)
    {
        var lines = new List<string>();
        string rest = text;
        while (rest.Length > width)
        {
            int blank = rest.LastIndexOf(' ', width);
            int length = blank > 0 ? blank : width;
            lines.Add(rest[..length]);
            rest = rest[length..].TrimStart();
        }
        lines.Add(rest);
        return lines;
    }

    int[] Widths(int limit)
    {
        int[] widths = [.. columns.Select((column, n) => _rows.Select(row => row[n].Length).Append(column.Heading.Length).Max())];
        int[] folding = [.. Enumerable.Range(0, widths.Length).Where(n => columns[n].Folds)];
        while (folding.Length > 0 && widths.Sum() + (Gap.Length * (widths.Length - 1)) > limit)
        {
            int widest = folding.MaxBy(n => widths[n]);
            if (widths[widest] <= NarrowestFold)
                break;
            widths[widest]--;
        }
        return widths;
    }

    static string Flatten(string? cell) =>
        cell is null ? "" : string.Join(' ', cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    void WriteLine(TextWriter writer, int indent, int[] widths, string[] cells)
    {
        var line = new StringBuilder().Append(' ', indent);
        for (int n = 0; n < cells.Length; n++)
        {
            if (n > 0)
                line.Append(Gap);
            line.Append(columns[n].Align == Align.Left ? cells[n].PadRight(widths[n]) : cells[n].PadLeft(widths[n]));
        }
        writer.WriteLine(line.ToString().TrimEnd());
    }
}
