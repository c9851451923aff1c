using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BatchRecs.Core.Numerics;

/// <summary>The kernel that sums weighted outer products into the upper triangle of a symmetric matrix.</summary>
/// <remarks>
/// It builds the left-hand side of a row's normal equations and does the trailing update of the Cholesky factorisation. Four products
/// at a time, two rows of the matrix at a time: 8 multiply-adds per 6 loads, so the loads do not hold up the arithmetic.
/// </remarks>
static class SymmetricUpdate
{
    /// <summary>upper[f, j] += Σₚ cₚ vₚ[f] vₚ[j] for f ≥ <paramref name="from"/> and j ≥ f.</summary>
    /// <param name="upper">Row-major, at least (d rounded up to even) rows of v0.Length; entries left of the diagonal are scratch.</param>
    /// <param name="from">First row, even.</param>
    /// <param name="factors">d, at most v0.Length.</param>
    /// <param name="v0">First vector, zero from d on; a multiple of <see cref="FactorMatrix.Lane"/> long.</param>
    /// <param name="v1">Second vector; same length.</param>
    /// <param name="v2">Third vector; same length.</param>
    /// <param name="v3">Fourth vector; same length.</param>
    /// <param name="scale">c₀ … c₃.</param>
    /// <remarks>Every entry is a chain of four multiply-adds in the order of p, whatever the vector width.</remarks>
    public static void AddOuterProducts(
        Span<float> upper,
        int from,
        int factors,
        ReadOnlySpan<float> v0,
        ReadOnlySpan<float> v1,
        ReadOnlySpan<float> v2,
        ReadOnlySpan<float> v3,
        Vector4 scale) => AddOuterProducts(upper, from, factors, v0, v1, v2, v3, scale, Vector512.IsHardwareAccelerated);

    /// <summary>The same on a chosen path: <paramref name="wide"/> = 512-bit vectors, else whatever the machine has.</summary>
    internal static void AddOuterProducts(
        Span<float> upper,
        int from,
        int factors,
        ReadOnlySpan<float> v0,
        ReadOnlySpan<float> v1,
        ReadOnlySpan<float> v2,
        ReadOnlySpan<float> v3,
        Vector4 scale,
        bool wide)
    {
        int stride = v0.Length;
        int rows = (factors + 1) & ~1;
        if (stride % FactorMatrix.Lane != 0 || v1.Length != stride || v2.Length != stride || v3.Length != stride
            || rows > stride || upper.Length < rows * stride || (from & 1) != 0)
            ThrowShape();

        ref float target = ref MemoryMarshal.GetReference(upper);
        ref float r0 = ref MemoryMarshal.GetReference(v0);
        ref float r1 = ref MemoryMarshal.GetReference(v1);
        ref float r2 = ref MemoryMarshal.GetReference(v2);
        ref float r3 = ref MemoryMarshal.GetReference(v3);
        for (int f = from; f < rows; f += 2)
        {
            ref float row = ref Unsafe.Add(ref target, f * stride);
            var first = scale * new Vector4(Unsafe.Add(ref r0, f), Unsafe.Add(ref r1, f), Unsafe.Add(ref r2, f), Unsafe.Add(ref r3, f));
            var second = scale * new Vector4(
                Unsafe.Add(ref r0, f + 1), Unsafe.Add(ref r1, f + 1), Unsafe.Add(ref r2, f + 1), Unsafe.Add(ref r3, f + 1));
            if (wide)
                AddTwoRowsWide(ref row, f & ~(FactorMatrix.Lane - 1), stride, ref r0, ref r1, ref r2, ref r3, first, second);
            else
                AddTwoRows(ref row, f & ~(FactorMatrix.Lane - 1), stride, ref r0, ref r1, ref r2, ref r3, first, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddTwoRowsWide(
        ref float row, int start, int stride, ref float r0, ref float r1, ref float r2, ref float r3, Vector4 first, Vector4 second)
    {
        var a0 = Vector512.Create(first.X);
        var a1 = Vector512.Create(first.Y);
        var a2 = Vector512.Create(first.Z);
        var a3 = Vector512.Create(first.W);
        var b0 = Vector512.Create(second.X);
        var b1 = Vector512.Create(second.Y);
        var b2 = Vector512.Create(second.Z);
        var b3 = Vector512.Create(second.W);
        for (int j = start; j < stride; j += Vector512<float>.Count)
        {
            var x0 = Vector512.LoadUnsafe(ref r0, (nuint)j);
            var x1 = Vector512.LoadUnsafe(ref r1, (nuint)j);
            var x2 = Vector512.LoadUnsafe(ref r2, (nuint)j);
            var x3 = Vector512.LoadUnsafe(ref r3, (nuint)j);
            var a = Vector512.LoadUnsafe(ref row, (nuint)j);
            var b = Vector512.LoadUnsafe(ref row, (nuint)(j + stride));
            a = Vector512.MultiplyAddEstimate(a0, x0, a);
            b = Vector512.MultiplyAddEstimate(b0, x0, b);
            a = Vector512.MultiplyAddEstimate(a1, x1, a);
            b = Vector512.MultiplyAddEstimate(b1, x1, b);
            a = Vector512.MultiplyAddEstimate(a2, x2, a);
            b = Vector512.MultiplyAddEstimate(b2, x2, b);
            Vector512.MultiplyAddEstimate(a3, x3, a).StoreUnsafe(ref row, (nuint)j);
            Vector512.MultiplyAddEstimate(b3, x3, b).StoreUnsafe(ref row, (nuint)(j + stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddTwoRows(
        ref float row, int start, int stride, ref float r0, ref float r1, ref float r2, ref float r3, Vector4 first, Vector4 second)
    {
        for (int j = start; j < stride; j += Vector<float>.Count)
        {
            var x0 = Vector.LoadUnsafe(ref r0, (nuint)j);
            var x1 = Vector.LoadUnsafe(ref r1, (nuint)j);
            var x2 = Vector.LoadUnsafe(ref r2, (nuint)j);
            var x3 = Vector.LoadUnsafe(ref r3, (nuint)j);
            var a = Vector.LoadUnsafe(ref row, (nuint)j);
            var b = Vector.LoadUnsafe(ref row, (nuint)(j + stride));
            a = Vector.MultiplyAddEstimate(new Vector<float>(first.X), x0, a);
            b = Vector.MultiplyAddEstimate(new Vector<float>(second.X), x0, b);
            a = Vector.MultiplyAddEstimate(new Vector<float>(first.Y), x1, a);
            b = Vector.MultiplyAddEstimate(new Vector<float>(second.Y), x1, b);
            a = Vector.MultiplyAddEstimate(new Vector<float>(first.Z), x2, a);
            b = Vector.MultiplyAddEstimate(new Vector<float>(second.Z), x2, b);
            Vector.MultiplyAddEstimate(new Vector<float>(first.W), x3, a).StoreUnsafe(ref row, (nuint)j);
            Vector.MultiplyAddEstimate(new Vector<float>(second.W), x3, b).StoreUnsafe(ref row, (nuint)(j + stride));
        }
    }

    [DoesNotReturn]
    static void ThrowShape() => throw new ArgumentException(
        "The vectors must be of one length, a multiple of 16, the first row even, and the matrix must hold a row for each factor.");
}
