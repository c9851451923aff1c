using BatchRecs.Core.Numerics;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Numerics;

public sealed class GramTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(7, 16)]
    [InlineData(1031, 17)]
    public void The_gram_matrix_equals_the_plain_sum_of_outer_products(int rows, int factors)
    {
        var matrix = FactorMatrix.FromDense(SomeMatrix.Normals(rows * factors, 1), rows, factors);

        double[] gram = Gram.Of(matrix, 2, CancellationToken.None);

        for (int i = 0; i < factors; i++)
            for (int j = 0; j < factors; j++)
            {
                double expected = Enumerable.Range(0, rows).Sum(r => (double)matrix.Row(r)[i] * matrix.Row(r)[j]);
                Assert.Equal(expected, gram[i * matrix.Stride + j], 1e-10);
            }
    }

    [Fact]
    public void The_gram_matrix_has_the_same_bits_at_any_number_of_threads()
    {
        var matrix = FactorMatrix.FromDense(SomeMatrix.Normals(5000 * 20, 1), 5000, 20);

        double[] one = Gram.Of(matrix, 1, CancellationToken.None);

        Assert.Equal(one, Gram.Of(matrix, 2, CancellationToken.None));
        Assert.Equal(one, Gram.Of(matrix, 7, CancellationToken.None));
    }

    [Fact]
    public void The_inner_product_is_the_sum_over_all_entries() =>
        Assert.Equal(2 * 5 + 3 * 7, Gram.InnerProduct([2.0, 3.0], [5.0, 7.0]));
}
