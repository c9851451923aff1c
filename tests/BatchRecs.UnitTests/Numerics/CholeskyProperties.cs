using BatchRecs.Core.Numerics;
using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Numerics;

public sealed class CholeskyProperties
{
    [Fact]
    public void The_solution_leaves_a_residual_near_single_precision()
    {
        Law.Holds(Gen.Choose(1, 129), factors =>
        {
            int stride = FactorMatrix.StrideOf(factors);
            double[] matrix = PositiveDefinite(factors);
            float[] upper = Pad(matrix, factors);
            float[] right = SomeMatrix.Normals(factors, 9);
            float[] x = [.. right];

            bool isFactored = Cholesky.TryFactor(upper, factors, stride);
            Cholesky.Solve(upper, stride, x);

            double norm = Math.Sqrt(right.Sum(b => (double)b * b));
            return isFactored && Residual(matrix, Array.ConvertAll(x, value => (double)value), right) < 1e-4 * norm;
        }, tests: 100);
    }

    [Fact]
    public void The_double_twin_leaves_a_residual_near_double_precision()
    {
        Law.Holds(Gen.Choose(1, 60), factors =>
        {
            double[] matrix = PositiveDefinite(factors);
            double[] upper = [.. matrix];
            float[] right = SomeMatrix.Normals(factors, 9);
            double[] x = Array.ConvertAll(right, value => (double)value);

            bool isFactored = DoubleCholesky.TryFactor(upper, factors);
            DoubleCholesky.Solve(upper, x);

            double norm = Math.Sqrt(right.Sum(b => (double)b * b));
            return isFactored && Residual(matrix, x, right) < 1e-12 * norm;
        }, tests: 100);
    }

    [Fact]
    public void A_three_by_three_matrix_gives_its_known_factor()
    {
        double[] matrix = [4, 12, -16, 12, 37, -43, -16, -43, 98];
        float[] upper = Pad(matrix, 3);

        bool isFactored = Cholesky.TryFactor(upper, 3, 16);

        Assert.True(isFactored);
        Assert.Equal([2f, 6f, -8f], upper[..3]);
        Assert.Equal([1f, 5f], upper[17..19]);
        Assert.Equal(3f, upper[34]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_pivot_that_is_not_positive_and_finite_is_refused(double pivot)
    {
        double[] matrix = PositiveDefinite(6);
        matrix[^1] = pivot;

        Assert.False(Cholesky.TryFactor(Pad(matrix, 6), 6, 16));
        Assert.False(DoubleCholesky.TryFactor(matrix, 6));
    }

    /// <summary>BᵀB + I with B of d + 3 random rows.</summary>
    static double[] PositiveDefinite(int factors)
    {
        var rows = FactorMatrix.FromDense(SomeMatrix.Normals((factors + 3) * factors, (ulong)factors), factors + 3, factors);
        double[] gram = Gram.Of(rows, 1, CancellationToken.None);
        double[] matrix = new double[factors * factors];
        for (int i = 0; i < factors; i++)
            for (int j = 0; j < factors; j++)
                matrix[i * factors + j] = gram[i * rows.Stride + j] + (i == j ? 1 : 0);
        return matrix;
    }

    static float[] Pad(double[] matrix, int factors)
    {
        int stride = FactorMatrix.StrideOf(factors);
        float[] padded = new float[stride * stride];
        for (int i = 0; i < factors; i++)
            for (int j = 0; j < factors; j++)
                padded[i * stride + j] = (float)matrix[i * factors + j];
        return padded;
    }

    static double Residual(double[] matrix, double[] x, float[] right)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double left = 0;
            for (int j = 0; j < x.Length; j++)
                left += matrix[i * x.Length + j] * x[j];
            sum += (left - right[i]) * (left - right[i]);
        }
        return Math.Sqrt(sum);
    }
}
