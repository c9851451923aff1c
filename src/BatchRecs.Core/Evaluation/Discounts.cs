namespace BatchRecs.Core.Evaluation;

/// <summary>The discounts 1 / log₂(rank + 1) and their running sums, worked out once.</summary>
sealed class Discounts
{
    readonly double[] _at;
    readonly double[] _sum;

    public Discounts(int length)
    {
        _at = new double[length + 1];
        _sum = new double[length + 1];
        for (int rank = 1; rank <= length; rank++)
        {
            _at[rank] = 1 / Math.Log2(rank + 1);
            _sum[rank] = _sum[rank - 1] + _at[rank];
        }
    }

    /// <summary>Returns the discount of a rank from 1 to the length.</summary>
    public double At(int rank) => _at[rank];

    /// <summary>Returns the sum of the discounts of the first <paramref name="ranks"/> ranks: the gain of a perfect list.</summary>
    public double Sum(int ranks) => _sum[ranks];
}
