namespace BatchRecs.Core.Evaluation;

/// <summary>Items are similar by the direction of their factors: who likes the one likes the other.</summary>
public sealed class FactorSimilarity : ItemSimilarity
{
    readonly float[] _factors;
    readonly double[] _scale;

    /// <summary>Takes the factors over, without a copy.</summary>
    /// <param name="itemFactors">Items × d, row-major.</param>
    /// <param name="factors">d.</param>
    public FactorSimilarity(float[] itemFactors, int factors)
    {
        (_factors, Dimensions) = (itemFactors, factors);
        _scale = new double[itemFactors.Length / factors];
        for (int item = 0; item < _scale.Length; item++)
        {
            double squares = 0;
            foreach (float x in Row(item))
                squares += (double)x * x;
            _scale[item] = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        }
    }

    /// <inheritdoc/>
    public override string Of => "factors";

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override double AddTo(int item, Span<double> sum)
    {
        var row = Row(item);
        for (int f = 0; f < row.Length; f++)
            sum[f] += row[f] * _scale[item];
        return _scale[item] > 0 ? 1 : 0;
    }

    /// <inheritdoc/>
    public override double Cosine(int a, int b)
    {
        var left = Row(a);
        var right = Row(b);
        double dot = 0;
        for (int f = 0; f < left.Length; f++)
            dot += (double)left[f] * right[f];
        return dot * _scale[a] * _scale[b];
    }

    ReadOnlySpan<float> Row(int item) => _factors.AsSpan(item * Dimensions, Dimensions);
}
