namespace BatchRecs.Core.Numerics;

/// <summary>The double twin of <see cref="Cholesky"/>: plain loops, no padding; for rows that single precision cannot solve.</summary>
static class DoubleCholesky
{
    /// <summary>Replaces the upper triangle of A by U, where A = UᵀU.</summary>
    /// <param name="upper">d × d, row-major; what lies below the diagonal is neither read nor changed.</param>
    /// <param name="factors">d.</param>
    /// <returns>False if a pivot is not positive or not finite.</returns>
    public static bool TryFactor(Span<double> upper, int factors)
    {
        for (int k = 0; k < factors; k++)
        {
            var row = upper.Slice(k * factors, factors);
            if (!(row[k] > 0) || !double.IsFinite(row[k]))
                return false;
            double root = Math.Sqrt(row[k]);
            for (int j = k; j < factors; j++)
                row[j] /= root;
            for (int i = k + 1; i < factors; i++)
                for (int j = i; j < factors; j++)
                    upper[i * factors + j] -= row[i] * row[j];
        }
        return true;
    }

    /// <summary>Solves UᵀU x = b in place.</summary>
    /// <param name="upper">U, as <see cref="TryFactor"/> leaves it.</param>
    /// <param name="x">d numbers: b on entry, the solution on return.</param>
    public static void Solve(ReadOnlySpan<double> upper, Span<double> x)
    {
        int factors = x.Length;
        for (int k = 0; k < factors; k++)
        {
            x[k] /= upper[k * factors + k];
            for (int j = k + 1; j < factors; j++)
                x[j] -= x[k] * upper[k * factors + j];
        }
        for (int k = factors - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < factors; j++)
                x[k] -= upper[k * factors + j] * x[j];
            x[k] /= upper[k * factors + k];
        }
    }
}
