using System.Numerics.Tensors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Evaluation;

/// <summary>Bootstrap resamples of users, drawn once for all columns, so that whatever is compared is compared on the same users.</summary>
static class Resamples
{
    /// <summary>The number of resamples B.</summary>
    public const int Count = 2000;

    /// <summary>Returns the sum of each column over each resample: users drawn with replacement, as many as there are.</summary>
    /// <param name="columns">Columns of equal length, one value per user.</param>
    /// <param name="seed">Every draw is a function of the seed, the resample and the position: no state, any order.</param>
    /// <returns>Sums, column × resample.</returns>
    /// <remarks>O(B · users · columns). Sums run element by element along rows, so every SIMD tier gives the same bits.</remarks>
    public static double[][] Sums(IReadOnlyList<double[]> columns, ulong seed)
    {
        int userCount = columns[0].Length, width = columns.Count;
        double[] rows = Transpose(columns);
        double[][] sums = [.. columns.Select(_ => new double[Count])];
        double[] sum = new double[width];
        for (int b = 0; b < Count; b++)
        {
            Array.Clear(sum);
            ulong stream = CounterRandom.Mix(seed + (ulong)b);
            for (int k = 0; k < userCount; k++)
            {
                int user = (int)(((CounterRandom.Mix(stream + (ulong)k) >> 32) * (ulong)userCount) >> 32);
                TensorPrimitives.Add(sum, rows.AsSpan(user * width, width), sum);
            }
            for (int column = 0; column < width; column++)
                sums[column][b] = sum[column];
        }
        return sums;
    }

    static double[] Transpose(IReadOnlyList<double[]> columns)
    {
        double[] rows = new double[columns.Count * columns[0].Length];
        for (int column = 0; column < columns.Count; column++)
            for (int user = 0; user < columns[0].Length; user++)
                rows[(user * columns.Count) + column] = columns[column][user];
        return rows;
    }
}
