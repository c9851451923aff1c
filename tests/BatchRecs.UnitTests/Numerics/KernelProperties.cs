using System.Numerics;
using BatchRecs.Core.Numerics;
using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Numerics;

/// <summary>Every kernel against a plain loop in double, at every length up to 129.</summary>
public sealed class KernelProperties
{
    public static TheoryData<bool> Widths() => [true, false];

    [Fact]
    public void A_dot_product_in_double_equals_the_plain_loop_at_every_length()
    {
        for (int length = 0; length <= 129; length++)
        {
            float[] x = SomeMatrix.Normals(length, 1);
            float[] y = SomeMatrix.Normals(length, 2);

            double dot = Widening.Dot(x, y);

            double expected = 0;
            for (int n = 0; n < length; n++)
                expected += (double)x[n] * y[n];
            Assert.Equal(expected, dot, 1e-12);
        }
    }

    [Fact]
    public void Adding_a_scaled_vector_equals_the_plain_loop_at_every_length()
    {
        for (int length = 0; length <= 129; length++)
        {
            float[] x = SomeMatrix.Normals(length, 1);
            double[] target = Array.ConvertAll(SomeMatrix.Normals(length, 2), value => (double)value);
            double[] expected = [.. target.Select((value, n) => value + 0.3 * x[n])];

            Widening.AddScaled(target, 0.3, x);

            Assert.All(target.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Four_weighted_outer_products_equal_the_plain_loop_at_every_length(bool wide)
    {
        for (int factors = 1; factors <= 129; factors++)
        {
            int stride = FactorMatrix.StrideOf(factors);
            var vectors = FactorMatrix.FromDense(SomeMatrix.Normals(4 * factors, (ulong)factors), 4, factors);
            float[] upper = new float[stride * stride];
            var scale = new Vector4(0.5f, 2, 0, -1);

            SymmetricUpdate.AddOuterProducts(
                upper, 0, factors, vectors.Row(0), vectors.Row(1), vectors.Row(2), vectors.Row(3), scale, wide);

            for (int i = 0; i < factors; i++)
                for (int j = i; j < factors; j++)
                {
                    double expected = 0;
                    for (int k = 0; k < 4; k++)
                        expected += (double)scale[k] * vectors.Row(k)[i] * vectors.Row(k)[j];
                    Assert.Equal(expected, upper[i * stride + j], 1e-5);
                }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Scores_equal_the_plain_loop_at_every_length_and_number_of_rows(bool wide)
    {
        var sizes = from factors in Gen.Choose(1, 129) from rows in Gen.Choose(0, 9) select (factors, rows);
        Law.Holds(sizes, size =>
        {
            var queries = FactorMatrix.FromDense(SomeMatrix.Normals(4 * size.factors, 3), 4, size.factors);
            var rows = FactorMatrix.FromDense(SomeMatrix.Normals(size.rows * size.factors, 4), size.rows, size.factors);
            float[] scores = new float[4 * size.rows];

            ScoreKernel.Score(queries.Rows(0, 4), rows.Rows(0, size.rows), rows.Stride, scores, wide);

            return Enumerable.Range(0, 4).All(q => Enumerable.Range(0, size.rows).All(r =>
                Math.Abs(scores[q * size.rows + r] - Widening.Dot(queries.Row(q), rows.Row(r))) < 1e-4));
        });
    }

    [Fact]
    public void A_score_has_the_same_bits_whatever_its_place_in_a_tile()
    {
        var rows = FactorMatrix.FromDense(SomeMatrix.Normals(7 * 20, 5), 7, 20);
        var query = FactorMatrix.FromDense(SomeMatrix.Normals(20, 6), 1, 20);
        float[] queries = [.. Enumerable.Repeat(query.Row(0).ToArray(), 4).SelectMany(row => row)];
        float[] together = new float[4 * 7];
        float[] alone = new float[4];

        ScoreKernel.Score(queries, rows.Rows(0, 7), rows.Stride, together);

        for (int r = 0; r < 7; r++)
        {
            ScoreKernel.Score(queries, rows.Rows(r, 1), rows.Stride, alone);
            for (int q = 0; q < 4; q++)
                Assert.Equal(alone[0], together[q * 7 + r]);
        }
    }

    [Fact]
    public void Kernels_refuse_shapes_that_do_not_fit()
    {
        float[] vector = new float[16];
        float[] odd = new float[15];

        Assert.Throws<ArgumentException>(() => Widening.Dot(vector, odd));
        Assert.Throws<ArgumentException>(() => Widening.AddScaled(new double[15], 1, vector));
        Assert.Throws<ArgumentException>(() => ScoreKernel.Score(vector, vector, 16, new float[4]));
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactor(vector, 4, 16));
        Assert.Throws<ArgumentException>(() => Cholesky.Solve(vector, 16, new float[2]));
        Assert.Throws<ArgumentException>(() =>
            SymmetricUpdate.AddOuterProducts(new float[16 * 16], 0, 16, vector, vector, vector, odd, Vector4.One));
        Assert.Throws<ArgumentException>(() => FactorMatrix.FromDense(vector, 3, 5));
    }
}
