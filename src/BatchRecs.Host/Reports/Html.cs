using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace BatchRecs.Host.Reports;

/// <summary>A piece of HTML: what was written as markup stays, whatever was filled in is encoded.</summary>
/// <param name="Markup">The markup.</param>
readonly record struct Html(string Markup)
{
    /// <summary>Gets the empty piece.</summary>
    public static Html Nothing { get; } = new("");

    /// <summary>Makes a piece from a template: texts in its holes are encoded, pieces of HTML are not encoded again.</summary>
    public static Html Of(HtmlTemplate template) => template.Build();

    /// <summary>Puts pieces one behind the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));
}

/// <summary>Fills the holes of a template; that is the only way from text to <see cref="Html"/>, so nothing is left unencoded.</summary>
/// <param name="literalLength">Characters of markup.</param>
/// <param name="formattedCount">Number of holes.</param>
[InterpolatedStringHandler]
readonly struct HtmlTemplate(int literalLength, int formattedCount)
{
    const int TypicalHole = 24;

    readonly StringBuilder _markup = new(literalLength + (formattedCount * TypicalHole));

    /// <summary>Takes over markup.</summary>
    public void AppendLiteral(string markup) => _markup.Append(markup);

    /// <summary>Takes over a piece of HTML.</summary>
    public void AppendFormatted(Html piece) => _markup.Append(piece.Markup);

    /// <summary>Takes over pieces of HTML.</summary>
    public void AppendFormatted(IEnumerable<Html> pieces) => _markup.Append(Html.Join(pieces).Markup);

    /// <summary>Encodes a text.</summary>
    public void AppendFormatted(string? text) => _markup.Append(WebUtility.HtmlEncode(text));

    /// <summary>Writes a whole number.</summary>
    public void AppendFormatted(int number) => _markup.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>Writes a number for an attribute, the same on every machine.</summary>
    public void AppendFormatted(double number) => _markup.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

    /// <summary>Returns what was put together.</summary>
    public Html Build() => new(_markup.ToString());
}
