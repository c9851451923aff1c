using System.Globalization;

namespace BatchRecs.Host.Cli;

/// <summary>How 95 % intervals stand in tables of the terminal: without leading zeros, so that two fit into 100 columns.</summary>
static class Intervals
{
    /// <summary>An interval of a measure: <c>.1153–.1299</c>.</summary>
    public static string Range(double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{low:.0000}–{high:.0000}");

    /// <summary>A difference with its sign: <c>+.0351</c>.</summary>
    public static string Signed(double difference) => difference.ToString("+.0000;-.0000;.0000", CultureInfo.InvariantCulture);

    /// <summary>An interval of a difference: <c>+.0234 to +.0481</c>.</summary>
    public static string SignedRange(double low, double high) => $"{Signed(low)} to {Signed(high)}";

    /// <summary>What the interval of a difference says of it.</summary>
    public static string Verdict(double low, double high) => low > 0 ? "better" : high < 0 ? "worse" : "no clear difference";
}
