namespace BatchRecs.UnitTests.Allocating;

/// <summary>The cheapest assignment of rows to columns, exactly: the oracle for greedy allocation.</summary>
/// <remarks>Kuhn 1955, Munkres 1957; the form with potentials and shortest augmenting paths, O(rows² · columns).</remarks>
static class Assignment
{
    /// <summary>Returns the least total cost of giving every row a column of its own.</summary>
    /// <param name="costs">Rows × columns, at least as many columns as rows.</param>
    public static double Cheapest(double[,] costs)
    {
        int rows = costs.GetLength(0), columns = costs.GetLength(1);
        double[] rowPotential = new double[rows + 1], columnPotential = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            int at = 0;
            double[] least = [.. Enumerable.Repeat(double.PositiveInfinity, columns + 1)];
            int[] from = new int[columns + 1];
            bool[] used = new bool[columns + 1];
            do
            {
                used[at] = true;
                double step = double.PositiveInfinity;
                int next = 0;
                for (int column = 1; column <= columns; column++)
                {
                    if (used[column])
                        continue;
                    double reduced = costs[rowOf[at] - 1, column - 1] - rowPotential[rowOf[at]] - columnPotential[column];
                    if (reduced < least[column])
                        (least[column], from[column]) = (reduced, at);
                    if (least[column] < step)
                        (step, next) = (least[column], column);
                }
                for (int column = 0; column <= columns; column++)
                    if (used[column])
                        (rowPotential[rowOf[column]], columnPotential[column]) =
                            (rowPotential[rowOf[column]] + step, columnPotential[column] - step);
                    else
                        least[column] -= step;
                at = next;
            }
            while (rowOf[at] != 0);
            for (; at != 0; at = from[at])
                rowOf[at] = rowOf[from[at]];
        }
        return -columnPotential[0];
    }
}
