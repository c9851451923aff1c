using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Numerics;

public sealed class SparseMatrixProperties
{
    [Fact]
    public void Transposing_twice_gives_the_same_matrix()
    {
        var sizes = from rows in Gen.Choose(1, 12) from columns in Gen.Choose(1, 12) from seed in Gen.Choose(0, 1000)
                    select (rows, columns, seed);
        Law.Holds(sizes, size =>
        {
            var matrix = SomeMatrix.Random(size.rows, size.columns, 0.4, (ulong)size.seed);

            var again = matrix.Transpose().Transpose();

            return again.RowPtr.SequenceEqual(matrix.RowPtr)
                && again.ColIndex.SequenceEqual(matrix.ColIndex)
                && again.Weights.SequenceEqual(matrix.Weights);
        });
    }

    [Fact]
    public void The_transpose_keeps_weights_and_targets_beside_their_columns()
    {
        var matrix = SomeMatrix.Of(2, 3, [(0, 0, 1, 10), (0, 2, 2, 20), (1, 0, 3, 30)]);

        var transpose = matrix.Transpose();

        Assert.Equal([0, 2, 2, 3], transpose.RowPtr);
        Assert.Equal([0, 1, 0], transpose.ColIndex);
        Assert.Equal([1f, 3f, 2f], transpose.Weights);
        Assert.Equal([10f, 30f, 20f], transpose.Targets!);
    }
}
