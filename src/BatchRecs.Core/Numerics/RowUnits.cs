using BatchRecs.Core.Data;

namespace BatchRecs.Core.Numerics;

/// <summary>Cuts rows into units of similar cost, costliest first, so that all threads end at about the same time.</summary>
static class RowUnits
{
    /// <summary>Costs are counted in multiply-adds; this many take about a millisecond.</summary>
    const double UnitCost = 1e7;

    /// <summary>Cuts rows into units of consecutive rows.</summary>
    /// <param name="matrix">The rows to solve.</param>
    /// <param name="factors">d: a row of n entries costs n d² / 2 + d³ / 6 multiply-adds.</param>
    /// <returns>First row and the row after the last of each unit, by cost descending, then by row.</returns>
    public static (int From, int To)[] Of(SparseMatrix matrix, int factors)
    {
        double square = 0.5 * factors * factors;
        var units = new List<(double Cost, int From, int To)>();
        double cost = 0;
        int from = 0;
        for (int row = 0; row < matrix.RowCount; row++)
        {
            cost += square * (matrix.RowLength(row) + factors / 3.0);
            if (cost < UnitCost && row + 1 < matrix.RowCount)
                continue;
            units.Add((cost, from, row + 1));
            (from, cost) = (row + 1, 0);
        }
        return [.. units.OrderByDescending(unit => unit.Cost).ThenBy(unit => unit.From).Select(unit => (unit.From, unit.To))];
    }
}
