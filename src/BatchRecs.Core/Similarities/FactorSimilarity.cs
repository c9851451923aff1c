using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Similarities;

/// <summary>Items are similar by the direction of their factors: who likes the one likes the other.</summary>
/// <param name="itemFactors">Items × d, row-major; not copied.</param>
/// <param name="factors">d.</param>
public sealed class FactorSimilarity(float[] itemFactors, int factors) : ItemSimilarity
{
    readonly double[] _norms =
        [.. Enumerable.Range(0, itemFactors.Length / factors).Select(item => Norm(itemFactors.AsSpan(item * factors, factors)))];

    /// <inheritdoc/>
    public override string Basis => "factors";

    /// <inheritdoc/>
    public override int Dimensions => factors;

    /// <inheritdoc/>
    public override double AddTo(int item, Span<double> sum)
    {
        double norm = _norms[item];
        if (norm <= 0)
            return 0;
        var row = Row(item);
        for (int f = 0; f < row.Length; f++)
            sum[f] += row[f] / norm;
        return 1;
    }

    /// <inheritdoc/>
    public override double Of(int item, int other)
    {
        double norms = _norms[item] * _norms[other];
        return norms > 0
            ? Math.Clamp(Widening.Dot(Row(item), Row(other)) / norms, -1, 1)
            : 0;
    }

    ReadOnlySpan<float> Row(int item) => itemFactors.AsSpan(item * factors, factors);

    static double Norm(ReadOnlySpan<float> row) => Math.Sqrt(Widening.Dot(row, row));
}
