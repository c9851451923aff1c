using System.Numerics.Tensors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.ReRanking;

/// <summary>How alike two items are.</summary>
public interface IItemSimilarity
{
    /// <summary>Returns the similarity of two items.</summary>
    /// <returns>At most 1, which is that of an item with itself; the same both ways.</returns>
    double Of(int item, int other);
}

/// <summary>Similarity as the cosine of factors.</summary>
/// <param name="values">Items × d, row-major; not copied.</param>
/// <param name="factors">d.</param>
public sealed class ItemFactors(float[] values, int factors) : IItemSimilarity
{
    readonly double[] _norms =
        [.. Enumerable.Range(0, values.Length / factors).Select(item => Norm(values.AsSpan(item * factors, factors)))];

    /// <summary>Returns the cosine of the factors of two items.</summary>
    /// <returns>In [−1, 1]; 0 where an item has no factors.</returns>
    public double Of(int item, int other)
    {
        double norms = _norms[item] * _norms[other];
        return norms > 0
            ? Math.Clamp(TensorPrimitives.Dot<float>(Row(item), Row(other)) / norms, -1, 1)
            : 0;
    }

    ReadOnlySpan<float> Row(int item) => values.AsSpan(item * factors, factors);

    static double Norm(ReadOnlySpan<float> row) => Math.Sqrt(Widening.Dot(row, row));
}
