using System.Globalization;

namespace BatchRecs.Benchmarks.Store;

/// <summary>What one form costs; every figure is a median over the repetitions.</summary>
/// <param name="Form">Name of the form.</param>
/// <param name="LoadSeconds">Seconds from the first statement to lists that can be read: with index, statistics, attach.</param>
/// <param name="LoadRowsPerSecond">Recommendations loaded per second of that time.</param>
/// <param name="Megabytes">Table, indexes and what is stored out of line, in 10⁶ bytes.</param>
/// <param name="Whole">Reads of a user's whole list through the view.</param>
/// <param name="TopTen">Reads of the first ten rows through the view.</param>
/// <param name="For">Ten rows by the function or the query that stands for it; null if the form has none.</param>
/// <param name="VerifySeconds">Seconds for reading all rows back and checking them; null if the form has no check.</param>
sealed record FormFigures(
    string Form,
    double LoadSeconds,
    double LoadRowsPerSecond,
    double Megabytes,
    ReadTimes Whole,
    ReadTimes TopTen,
    ReadTimes? For,
    double? VerifySeconds)
{
    /// <summary>Returns the heading of a table of figures in Markdown.</summary>
    public static string Heading =>
        "| form | load s | rows/s | MB | whole list p50 / p99 µs | top 10 p50 / p99 µs | for p50 / p99 µs | check s |\n" +
        "|---|---|---|---|---|---|---|---|";

    /// <summary>Returns the figures as a line of that table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Form} | {LoadSeconds:F1} | {LoadRowsPerSecond:N0} | {Megabytes:N0} | {Whole} | {TopTen} | {For?.ToString() ?? "–"} | " +
        $"{(VerifySeconds is { } seconds ? seconds.ToString("F1", CultureInfo.InvariantCulture) : "–")} |");

    /// <summary>Returns the middle value.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>How long point reads take.</summary>
/// <param name="P50">Microseconds that half of them stay below.</param>
/// <param name="P99">Microseconds that 99 of 100 stay below.</param>
sealed record ReadTimes(double P50, double P99)
{
    /// <summary>Works out the percentiles of one round of reads.</summary>
    public static ReadTimes Of(double[] microseconds)
    {
        Array.Sort(microseconds);
        return new ReadTimes(microseconds[microseconds.Length / 2], microseconds[microseconds.Length * 99 / 100]);
    }

    /// <summary>Returns the medians over rounds.</summary>
    public static ReadTimes Median(IReadOnlyList<ReadTimes> rounds) =>
        new(FormFigures.Median(rounds.Select(round => round.P50)), FormFigures.Median(rounds.Select(round => round.P99)));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{P50:N0} / {P99:N0}");
}
