using System.Globalization;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>A size of memory or disk, written as a number and <c>kB</c>, <c>MB</c>, <c>GB</c> or <c>TB</c> of 1,000 each.</summary>
/// <param name="Bytes">In bytes.</param>
public readonly record struct ByteSize(long Bytes)
{
    static readonly (string Unit, long Bytes)[] Units =
        [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];

    /// <summary>Reads a size.</summary>
    /// <returns>False if the text is not a positive number and a unit.</returns>
    public static bool TryParse(string text, out ByteSize size)
    {
        size = default;
        foreach (var (unit, bytes) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            var digits = text.AsSpan(0, text.Length - unit.Length);
            bool isSize = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && number * bytes >= 1 && number * bytes < long.MaxValue;
            size = isSize ? new ByteSize((long)(number * bytes)) : default;
            return isSize;
        }
        return false;
    }

    /// <summary>Writes the size in the largest unit that is not larger than it, with at most two decimals.</summary>
    public override string ToString()
    {
        long bytes = Bytes;
        var (unit, length) = Array.Find(Units, unit => bytes >= unit.Bytes) is { Bytes: > 0 } found ? found : ("bytes", 1);
        string space = length == 1 ? " " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / length:0.##}{space}{unit}");
    }
}
