namespace BatchRecs.Core.Data;

/// <summary>A sparse matrix in compressed rows (CSR): row r holds entries rowPtr[r] … rowPtr[r + 1] − 1, columns ascending.</summary>
/// <param name="RowCount">Number of rows.</param>
/// <param name="ColumnCount">Number of columns.</param>
/// <param name="RowPtr">Offsets of the rows; length RowCount + 1.</param>
/// <param name="ColIndex">Column of each entry, ascending inside a row; length nnz.</param>
/// <param name="Weights">Weight w ≥ 0 of each entry; length nnz.</param>
/// <param name="Targets">Right-hand side b of each entry; length nnz, or null where b = w.</param>
public sealed record SparseMatrix(int RowCount, int ColumnCount, long[] RowPtr, int[] ColIndex, float[] Weights, float[]? Targets = null)
{
    /// <summary>Gets the number of stored entries.</summary>
    public int EntryCount => ColIndex.Length;

    /// <summary>Returns the columns of row <paramref name="row"/>, ascending.</summary>
    public ReadOnlySpan<int> Columns(int row) => ColIndex.AsSpan((int)RowPtr[row], RowLength(row));

    /// <summary>Returns the weights of row <paramref name="row"/>, beside <see cref="Columns"/>.</summary>
    public ReadOnlySpan<float> RowWeights(int row) => Weights.AsSpan((int)RowPtr[row], RowLength(row));

    /// <summary>Returns the right-hand sides of row <paramref name="row"/>, beside <see cref="Columns"/>.</summary>
    public ReadOnlySpan<float> RowTargets(int row) => (Targets ?? Weights).AsSpan((int)RowPtr[row], RowLength(row));

    /// <summary>Returns the number of entries of row <paramref name="row"/>.</summary>
    public int RowLength(int row) => (int)(RowPtr[row + 1] - RowPtr[row]);

    /// <summary>Returns the transpose. O(nnz); columns come out ascending.</summary>
    public SparseMatrix Transpose()
    {
        long[] rowPtr = new long[ColumnCount + 1];
        foreach (int column in ColIndex)
            rowPtr[column + 1]++;
        for (int column = 0; column < ColumnCount; column++)
            rowPtr[column + 1] += rowPtr[column];

        long[] next = rowPtr[..^1];
        int[] rows = new int[EntryCount];
        float[] weights = new float[EntryCount];
        float[]? targets = Targets is null ? null : new float[EntryCount];
        for (int row = 0; row < RowCount; row++)
            for (long n = RowPtr[row]; n < RowPtr[row + 1]; n++)
            {
                long to = next[ColIndex[n]]++;
                rows[to] = row;
                weights[to] = Weights[n];
                targets?[to] = Targets![n];
            }
        return new SparseMatrix(ColumnCount, RowCount, rowPtr, rows, weights, targets);
    }
}
