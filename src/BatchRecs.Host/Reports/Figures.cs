using System.Globalization;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli;

namespace BatchRecs.Host.Reports;

/// <summary>How figures stand in tables.</summary>
static class Figures
{
    /// <summary>A figure that is not known.</summary>
    public const string None = "–";

    /// <summary>A measure and its interval: <c>0.1226 (0.1153 to 0.1299)</c>.</summary>
    public static string WithInterval(Interval figure) =>
        $"{Numbers.Measure(figure.Estimate)} ({Numbers.Measure(figure.Low)} to {Numbers.Measure(figure.High)})";

    /// <summary>A difference and its interval, with signs.</summary>
    public static string Signed(Interval figure) => $"{Signed(figure.Estimate)} ({Signed(figure.Low)} to {Signed(figure.High)})";

    /// <summary>A difference with its sign.</summary>
    public static string Signed(double difference) => difference.ToString("+0.0000;−0.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>A figure with two decimals.</summary>
    public static string Plain(double figure) => figure.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A figure that may be unknown, by one of the ways above.</summary>
    public static string OrNone(double? figure, Func<double, string> write) => figure is { } known ? write(known) : None;

    /// <summary>What an interval says of a difference.</summary>
    public static string Verdict(Interval difference) => Intervals.Verdict(difference.Low, difference.High);
}
