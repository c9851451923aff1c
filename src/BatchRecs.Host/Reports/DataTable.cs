namespace BatchRecs.Host.Reports;

/// <summary>A table of figures: the first column names the rows, the others are figures.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows, each as long as the headings.</param>
sealed record DataTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Returns the table; it scrolls sideways where the page is narrow, with the keyboard too.</summary>
    public Html ToHtml() => Html.Of(
        $"""
        <div class="scroll" role="group" aria-label="{Caption}" tabindex="0"><table>
        <caption>{Caption}</caption>
        <thead><tr>{Columns.Select(column => Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
        <tbody>{Rows.Select(Row)}</tbody>
        </table></div>

        """);

    /// <summary>Returns the table behind a button, below a chart that shows the same.</summary>
    public Html Folded() => Html.Of($"""<details><summary>Table: {Caption}</summary>{ToHtml()}</details>""");

    static Html Row(IReadOnlyList<string> cells) => Html.Of(
        $"""<tr><th scope="row">{cells[0]}</th>{cells.Skip(1).Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>""");
}
