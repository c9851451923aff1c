using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BatchRecs.Core.Numerics;

/// <summary>Kernels that read single precision and compute in double: where sums must not lose digits.</summary>
static class Widening
{
    /// <summary>Returns Σ x[f] y[f] in double.</summary>
    /// <param name="x">Any length.</param>
    /// <param name="y">The same length.</param>
    /// <remarks>Products of floats are exact in double.</remarks>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length)
            ThrowShape();

        var low = Vector<double>.Zero;
        var high = Vector<double>.Zero;
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        var ys = MemoryMarshal.Cast<float, Vector<float>>(y)[..xs.Length];
        for (int v = 0; v < xs.Length; v++)
        {
            Vector.Widen(xs[v], out var xLow, out var xHigh);
            Vector.Widen(ys[v], out var yLow, out var yHigh);
            low += xLow * yLow;
            high += xHigh * yHigh;
        }
        double sum = Vector.Sum(low + high);
        for (int f = xs.Length * Vector<float>.Count; f < x.Length; f++)
            sum += (double)x[f] * y[f];
        return sum;
    }

    /// <summary>target[f] += scale · x[f].</summary>
    /// <param name="target">The same length as <paramref name="x"/>.</param>
    /// <param name="scale">Any number.</param>
    /// <param name="x">Any length.</param>
    public static void AddScaled(Span<double> target, double scale, ReadOnlySpan<float> x)
    {
        if (x.Length != target.Length)
            ThrowShape();

        var scales = new Vector<double>(scale);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        var targets = MemoryMarshal.Cast<double, Vector<double>>(target)[..(2 * xs.Length)];
        for (int v = 0; v < xs.Length; v++)
        {
            Vector.Widen(xs[v], out var low, out var high);
            targets[2 * v] += scales * low;
            targets[2 * v + 1] += scales * high;
        }
        for (int f = xs.Length * Vector<float>.Count; f < x.Length; f++)
            target[f] += scale * x[f];
    }

    [DoesNotReturn]
    static void ThrowShape() => throw new ArgumentException("Both spans must have the same length.");
}
