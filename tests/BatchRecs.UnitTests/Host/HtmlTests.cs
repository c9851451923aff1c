using BatchRecs.Host.Reports;

namespace BatchRecs.UnitTests.Host;

public sealed class HtmlTests
{
    [Fact]
    public void A_text_is_encoded_and_a_piece_of_html_is_not_encoded_again()
    {
        const string Title = "<b>\"Tom & Jerry's\"</b>";

        var inner = Html.Of($"<td title=\"{Title}\">{Title}</td>");
        Html[] pieces = [inner];
        var outer = Html.Of($"<tr>{inner}{pieces}</tr>");

        const string Cell = "<td title=\"&lt;b&gt;&quot;Tom &amp; Jerry&#39;s&quot;&lt;/b&gt;\">"
            + "&lt;b&gt;&quot;Tom &amp; Jerry&#39;s&quot;&lt;/b&gt;</td>";
        Assert.Equal($"<tr>{Cell}{Cell}</tr>", outer.Markup);
    }

    [Fact]
    public void Numbers_are_written_the_same_on_every_machine() =>
        Assert.Equal("<rect x=\"12.35%\" y=\"7\"/>", Html.Of($"<rect x=\"{12.3456}%\" y=\"{7}\"/>").Markup);
}
