using BatchRecs.Host.Cli;

namespace BatchRecs.UnitTests.Host;

public sealed class TextTableTests
{
    [Fact]
    public void Numbers_are_right_aligned_and_lines_have_no_trailing_blanks()
    {
        var table = new TextTable(new Column("name"), new Column("rows", Align.Right), new Column("note"));
        table.Add("extract", "396,337", "fine").Add("guard", "1", null);

        Assert.Equal(
            """
            name        rows  note
            -------  -------  ----
            extract  396,337  fine
            guard          1

            """,
            Write(table, 0));
    }

    [Fact]
    public void A_cell_that_is_too_wide_is_cut_and_line_breaks_in_it_become_blanks()
    {
        var table = new TextTable(new Column("title", MaxWidth: 10)).Add("WHITE HANGING\nHEART");

        Assert.Equal("  title\n  ----------\n  WHITE HAN…\n", Write(table, 2));
    }

    [Fact]
    public void A_folding_column_shrinks_to_the_page_and_its_cells_go_on_in_the_next_lines()
    {
        var table = new TextTable(new Column("stage"), new Column("note", Folds: true));
        table.Add("extract", "a short note").Add("train", "a note of many words, and averyverylongword in it");

        Assert.Equal(
            """
            stage    note
            -------  ------------------
            extract  a short note
            train    a note of many
                     words, and
                     averyverylongword
                     in it

            """,
            Write(table, 0, width: 27));
    }

    [Fact]
    public void A_word_longer_than_its_column_is_broken_and_no_column_gets_narrower_than_14()
    {
        var table = new TextTable(new Column("note", Folds: true)).Add("averyveryverylongword");

        Assert.Equal("note\n--------------\naveryveryveryl\nongword\n", Write(table, 0, width: 5));
    }

    [Fact]
    public void A_row_with_the_wrong_number_of_cells_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new TextTable(new Column("one")).Add("1", "2"));

        Assert.StartsWith("The table has 1 columns, the row 2 cells.", exception.Message, StringComparison.Ordinal);
    }

    static string Write(TextTable table, int indent, int width = TextTable.NoLimit)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        table.Write(writer, indent, width);
        return writer.ToString();
    }
}
