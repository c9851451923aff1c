using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;

namespace BatchRecs.UnitTests.Support;

/// <summary>Builds small sparse matrices and random numbers.</summary>
static class SomeMatrix
{
    public static SparseMatrix Of(int rows, int columns, IEnumerable<(int Row, int Column, double Weight, double Target)> entries)
    {
        var sorted = entries.OrderBy(e => e.Row).ThenBy(e => e.Column).ToArray();
        long[] rowPtr = new long[rows + 1];
        foreach (var entry in sorted)
            rowPtr[entry.Row + 1]++;
        for (int row = 0; row < rows; row++)
            rowPtr[row + 1] += rowPtr[row];
        return new SparseMatrix(
            rows,
            columns,
            rowPtr,
            [.. sorted.Select(e => e.Column)],
            [.. sorted.Select(e => (float)e.Weight)],
            sorted.All(e => e.Target == e.Weight) ? null : [.. sorted.Select(e => (float)e.Target)]);
    }

    /// <summary>Every entry is there with probability <paramref name="density"/>; weights in [0.5, 2), targets = weights.</summary>
    public static SparseMatrix Random(int rows, int columns, double density, ulong seed)
    {
        var entries = new List<(int, int, double, double)>();
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                if (CounterRandom.Uniform(seed, row, 2 * column) < density)
                {
                    double weight = (float)(0.5 + 1.5 * CounterRandom.Uniform(seed, row, 2 * column + 1));
                    entries.Add((row, column, weight, weight));
                }
        return Of(rows, columns, entries);
    }

    public static float[] Normals(int count, ulong seed, double scale = 1)
    {
        float[] values = new float[count];
        for (int n = 0; n < count; n++)
            values[n] = (float)(scale * CounterRandom.Normal(seed, 0, n));
        return values;
    }
}
