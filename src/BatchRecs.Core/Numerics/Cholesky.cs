using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Numerics.Tensors;

namespace BatchRecs.Core.Numerics;

/// <summary>Cholesky factorisation A = UᵀU of a positive definite matrix in single precision, and the solution of A x = b.</summary>
/// <remarks>Row-major upper triangles, padded rows; panels of four rows, then <see cref="SymmetricUpdate"/> over the rest.</remarks>
static class Cholesky
{
    const int Panel = 4;

    /// <summary>Replaces the upper triangle of A by U.</summary>
    /// <param name="upper">Rows of <paramref name="stride"/> floats, zero from column d on; the lower triangle is scratch.</param>
    /// <param name="factors">d.</param>
    /// <param name="stride">Length of a row: <see cref="FactorMatrix.StrideOf"/> of d.</param>
    /// <returns>False if a pivot is not positive or not finite: A is not positive definite in this precision.</returns>
    /// <remarks>d³/3 operations.</remarks>
    public static bool TryFactor(Span<float> upper, int factors, int stride)
    {
        if (upper.Length < stride * stride || factors > stride)
            ThrowShape();

        for (int first = 0; first < factors; first += Panel)
        {
            int end = Math.Min(first + Panel, factors);
            for (int k = first; k < end; k++)
                if (!TryFactorRow(upper, first, k, stride))
                    return false;
            if (end < factors)
                SymmetricUpdate.AddOuterProducts(
                    upper,
                    end,
                    factors,
                    upper.Slice(first * stride, stride),
                    upper.Slice((first + 1) * stride, stride),
                    upper.Slice((first + 2) * stride, stride),
                    upper.Slice((first + 3) * stride, stride),
                    -Vector4.One);
        }
        return true;
    }

    /// <summary>Solves UᵀU x = b in place.</summary>
    /// <param name="upper">U, as <see cref="TryFactor"/> leaves it.</param>
    /// <param name="stride">Length of a row of U.</param>
    /// <param name="x">d numbers: b on entry, the solution on return.</param>
    /// <remarks>Both substitutions run along rows of U: 2d² operations.</remarks>
    public static void Solve(ReadOnlySpan<float> upper, int stride, Span<float> x)
    {
        int factors = x.Length;
        if (factors > stride || upper.Length < factors * stride)
            ThrowShape();

        for (int k = 0; k < factors; k++)
        {
            var row = upper.Slice(k * stride, factors);
            float z = x[k] / row[k];
            x[k] = z;
            TensorPrimitives.MultiplyAdd(row[(k + 1)..], -z, x[(k + 1)..], x[(k + 1)..]);
        }
        for (int k = factors - 1; k >= 0; k--)
        {
            var row = upper.Slice(k * stride, factors);
            x[k] = (x[k] - TensorPrimitives.Dot(row[(k + 1)..], x[(k + 1)..])) / row[k];
        }
    }

    /// <summary>Finishes row k of a panel: takes off the panel's earlier rows and divides by the root of the pivot.</summary>
    static bool TryFactorRow(Span<float> upper, int first, int k, int stride)
    {
        var row = upper.Slice(k * stride, stride)[k..];
        for (int p = first; p < k; p++)
        {
            ReadOnlySpan<float> earlier = upper.Slice(p * stride, stride)[k..];
            TensorPrimitives.MultiplyAdd(earlier, -earlier[0], row, row);
        }
        float pivot = row[0];
        if (!(pivot > 0) || !float.IsFinite(pivot))
            return false;
        TensorPrimitives.Divide(row, MathF.Sqrt(pivot), row);
        return true;
    }

    [DoesNotReturn]
    static void ThrowShape() => throw new ArgumentException("The matrix does not fit the number of factors and the stride.");
}
