namespace BatchRecs.Core.Data;

/// <summary>Turns distinct (row, column) pairs into compressed rows.</summary>
static class PairRows
{
    /// <summary>Groups pairs by row, columns ascending inside a row.</summary>
    /// <param name="pairs">Distinct pairs in any order.</param>
    /// <param name="rowCount">Number of rows; every row is below it.</param>
    /// <returns>Offsets of the rows (length rowCount + 1) and the columns.</returns>
    public static (int[] RowPtr, int[] Columns) Sort(IEnumerable<(int Row, int Column)> pairs, int rowCount)
    {
        (int Row, int Column)[] sorted = [.. pairs];
        Array.Sort(sorted);
        int[] rowPtr = new int[rowCount + 1];
        foreach (var (row, _) in sorted)
            rowPtr[row + 1]++;
        for (int row = 0; row < rowCount; row++)
            rowPtr[row + 1] += rowPtr[row];
        return (rowPtr, Array.ConvertAll(sorted, pair => pair.Column));
    }
}
