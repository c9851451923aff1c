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

/// <summary>A column: its heading, its alignment, and the widest it may be (longer cells are cut with …).</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Align">Left for text, right for numbers.</param>
/// <param name="MaxWidth">The widest the column may be, in characters.</param>
sealed record Column(string Heading, Align Align = Align.Left, int MaxWidth = int.MaxValue);

/// <summary>A table in plain text: two blanks between columns, a rule under the headings, no trailing blanks.</summary>
sealed class TextTable(params IReadOnlyList<Column> columns)
{
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
    public void Write(TextWriter writer, int indent = 0)
    {
        int[] widths = [.. columns.Select((column, n) => _rows.Select(row => row[n].Length).Append(column.Heading.Length).Max())];
        WriteLine(writer, indent, widths, [.. columns.Select(column => column.Heading)]);
        WriteLine(writer, indent, widths, [.. widths.Select(width => new string('-', width))]);
        foreach (string[] row in _rows)
            WriteLine(writer, indent, widths, row);
    }

    /// <summary>Cuts a text to <paramref name="width"/> characters; the last one of a cut text is …</summary>
    public static string Cut(string text, int width) =>
        text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1).TrimEnd(), "…");

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
