namespace BatchRecs.Core.Training;

/// <summary>What training ends with.</summary>
public sealed record AlsFactors
{
    /// <summary>Gets X, users × d, row-major; zero for a user without entries.</summary>
    public required float[] UserFactors { get; init; }

    /// <summary>Gets Y, items × d, row-major; zero for an item without entries.</summary>
    public required float[] ItemFactors { get; init; }

    /// <summary>Gets the loss before training and after every half-sweep: 1 + 2 × sweeps numbers.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>Gets the number of sweeps done.</summary>
    public required int Sweeps { get; init; }

    /// <summary>Gets how many times a row had to be solved with a larger ridge or in double.</summary>
    public required long RepairedRows { get; init; }
}

/// <summary>Factors to start from instead of random ones.</summary>
/// <param name="UserFactors">X, users × d, row-major; only the loss before training depends on it, since users are solved first.</param>
/// <param name="ItemFactors">Y, items × d, row-major.</param>
public sealed record AlsStart(float[] UserFactors, float[] ItemFactors);
