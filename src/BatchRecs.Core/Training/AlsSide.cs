using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Training;

/// <summary>What all rows of one side share while they are solved: the other side's factors, α₀G, and the ridge.</summary>
sealed class AlsSide
{
    /// <summary>The ridge is at least this share of the mean diagonal entry of α₀G.</summary>
    const double RidgeFloor = 1e-6;

    readonly AlsOptions _options;
    readonly double _floor;

    /// <summary>Prepares the solution of rows against fixed factors.</summary>
    /// <param name="other">The fixed side, Y.</param>
    /// <param name="gram">YᵀY as <see cref="Gram.Of"/> returns it.</param>
    /// <param name="options">α₀, λ and ν.</param>
    public AlsSide(FactorMatrix other, double[] gram, AlsOptions options)
    {
        Other = other;
        ScaledGram = Array.ConvertAll(gram, g => g * options.UnobservedWeight);
        ScaledGramSingle = Array.ConvertAll(ScaledGram, g => (float)g);
        double trace = 0;
        for (int f = 0; f < other.Factors; f++)
            trace += ScaledGram[f * other.Stride + f];
        _floor = RidgeFloor * trace / other.Factors;
        _options = options;
    }

    /// <summary>Gets the fixed factors.</summary>
    public FactorMatrix Other { get; }

    /// <summary>Gets α₀YᵀY, stride × stride.</summary>
    public double[] ScaledGram { get; }

    /// <summary>Gets the same in single precision.</summary>
    public float[] ScaledGramSingle { get; }

    /// <summary>Returns r = λ (Σw + α₀ n)^ν: the ridge of the objective.</summary>
    /// <param name="weights">Weights of the row's entries.</param>
    /// <param name="otherRowCount">n: number of rows of the other side.</param>
    /// <param name="options">α₀, λ and ν.</param>
    public static double Ridge(ReadOnlySpan<float> weights, int otherRowCount, AlsOptions options)
    {
        double mass = options.UnobservedWeight * otherRowCount;
        foreach (float weight in weights)
            mass += weight;
        return options.Regularization * Math.Pow(mass, options.RegularizationExponent);
    }

    /// <summary>Returns the ridge that a row is solved with: that of the objective, but not so small that precision fails.</summary>
    /// <param name="weights">Weights of the row's entries.</param>
    public double Ridge(ReadOnlySpan<float> weights) => Math.Max(_floor, Ridge(weights, Other.RowCount, _options));
}
