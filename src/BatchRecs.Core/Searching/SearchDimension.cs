namespace BatchRecs.Core.Searching;

/// <summary>One number that a search may change, and between which bounds.</summary>
public sealed record SearchDimension
{
    /// <summary>Gets its name: the key of the job file.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the least value; above 0 where <see cref="IsLogarithmic"/>.</summary>
    public required double Least { get; init; }

    /// <summary>Gets the greatest value.</summary>
    public required double Greatest { get; init; }

    /// <summary>Gets a value indicating whether equal steps are equal ratios.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Gets how fine a value is.</summary>
    public Grain Grain { get; init; } = Grain.TwoDigits;

    /// <summary>Gets the value that holds now; null where it is picked anew each time, or is no number.</summary>
    public double? Current { get; init; }

    /// <summary>Returns the value at a place between the bounds.</summary>
    /// <param name="place">In [0, 1].</param>
    /// <returns>In [<see cref="Least"/>, <see cref="Greatest"/>], as fine as the grain allows.</returns>
    public double At(double place)
    {
        double value = IsLogarithmic
            ? Math.Exp(Math.Log(Least) + (place * (Math.Log(Greatest) - Math.Log(Least))))
            : Least + (place * (Greatest - Least));
        return Math.Clamp(Rounded(value), Least, Greatest);
    }

    /// <summary>Returns the place of a value between the bounds; the middle for null.</summary>
    /// <param name="value">Any value; what lies outside of the bounds is taken to the nearer one.</param>
    public double PlaceOf(double? value)
    {
        if (value is not { } number || Greatest <= Least)
            return 0.5;
        double within = Math.Clamp(number, Least, Greatest);
        return IsLogarithmic
            ? Math.Log(within / Least) / Math.Log(Greatest / Least)
            : (within - Least) / (Greatest - Least);
    }

    double Rounded(double value) => Grain switch
    {
        Grain.Whole => Math.Round(value),
        Grain.Days when value < 3 => Math.Round(value * 24) / 24,
        Grain.Days => Math.Round(value),
        _ => TwoDigits(value),
    };

    /// <summary>A file that people read has 0.014 rather than 0.013719; no measurement tells them apart.</summary>
    static double TwoDigits(double value)
    {
        if (value == 0)
            return 0;
        int digits = 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double scale = Math.Pow(10, Math.Abs(digits));
        // A division at the end gives the number nearest to the decimal fraction, a multiplication by 0.01 may not.
        return digits >= 0 ? Math.Round(value * scale) / scale : Math.Round(value / scale) * scale;
    }
}

/// <summary>How fine a value is that a search tries.</summary>
public enum Grain
{
    /// <summary>Two digits that count.</summary>
    TwoDigits,

    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>A duration in days: whole days, below three of them whole hours.</summary>
    Days,
}
