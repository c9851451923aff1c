namespace BatchRecs.Core.Numerics;

/// <summary>Factors in rows that are padded with zeros to whole vectors, so that kernels need no tails.</summary>
/// <param name="rowCount">Number of rows.</param>
/// <param name="factors">Length d of a row, at least 1.</param>
sealed class FactorMatrix(int rowCount, int factors)
{
    /// <summary>Rows are padded to a multiple of this many floats: one 512-bit vector.</summary>
    public const int Lane = 16;

    readonly float[] _values = new float[(long)rowCount * StrideOf(factors)];

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; } = rowCount;

    /// <summary>Gets the length d of a row without its padding.</summary>
    public int Factors { get; } = factors;

    /// <summary>Gets the length of a row with its padding.</summary>
    public int Stride { get; } = StrideOf(factors);

    /// <summary>Returns the padded length of a row of <paramref name="factors"/> floats.</summary>
    public static int StrideOf(int factors) => (factors + Lane - 1) / Lane * Lane;

    /// <summary>Copies a row-major rows × d array.</summary>
    /// <param name="dense">Row-major; length rowCount × factors.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="factors">Length d of a row.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public static FactorMatrix FromDense(ReadOnlySpan<float> dense, int rowCount, int factors)
    {
        if (dense.Length != (long)rowCount * factors)
            throw new ArgumentException($"Expected {rowCount} × {factors} factors, found {dense.Length} numbers.", nameof(dense));
        var matrix = new FactorMatrix(rowCount, factors);
        for (int row = 0; row < rowCount; row++)
            dense.Slice(row * factors, factors).CopyTo(matrix.Row(row));
        return matrix;
    }

    /// <summary>Returns row <paramref name="row"/> with its padding; length <see cref="Stride"/>.</summary>
    public Span<float> Row(int row) => _values.AsSpan(row * Stride, Stride);

    /// <summary>Returns rows <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1 with their padding.</summary>
    public ReadOnlySpan<float> Rows(int from, int count) => _values.AsSpan(from * Stride, count * Stride);

    /// <summary>Returns the rows without padding: row-major, length rows × d.</summary>
    public float[] ToDense()
    {
        float[] dense = new float[RowCount * Factors];
        for (int row = 0; row < RowCount; row++)
            Row(row)[..Factors].CopyTo(dense.AsSpan(row * Factors));
        return dense;
    }
}
