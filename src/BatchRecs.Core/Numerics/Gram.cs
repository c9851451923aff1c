using System.Numerics;
using System.Runtime.InteropServices;

namespace BatchRecs.Core.Numerics;

/// <summary>The Gram matrix YᵀY of a tall factor matrix, in double.</summary>
/// <remarks>
/// Rows are summed in blocks of 256 in their order, blocks in at most 16 chunks, chunks in their order: the same bits at any number of
/// threads. Double throughout, because every row of the other side is solved with it; beside the rows' own sums its cost does not show.
/// </remarks>
static class Gram
{
    const int BlockRows = 256;
    const int MaxChunks = 16;

    /// <summary>Computes YᵀY.</summary>
    /// <param name="matrix">Y.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="token">Asked once per block.</param>
    /// <returns>Row-major, stride × stride with the padding of Y, zero there; symmetric.</returns>
    public static double[] Of(FactorMatrix matrix, int threads, CancellationToken token)
    {
        int blocks = (matrix.RowCount + BlockRows - 1) / BlockRows;
        int chunks = Math.Clamp(blocks, 1, MaxChunks);
        double[][] sums = new double[chunks][];
        int stride = matrix.Stride;
        Workers.Run(chunks, threads, () => new double[4 * stride], (chunk, pack) =>
        {
            sums[chunk] = new double[stride * stride];
            for (int block = blocks * chunk / chunks; block < blocks * (chunk + 1) / chunks; block++)
            {
                token.ThrowIfCancellationRequested();
                int from = block * BlockRows;
                AddRows(sums[chunk], matrix, from, Math.Min(from + BlockRows, matrix.RowCount), pack);
            }
        }, token);

        for (int chunk = 1; chunk < chunks; chunk++)
            for (int n = 0; n < sums[0].Length; n++)
                sums[0][n] += sums[chunk][n];
        Mirror(sums[0], stride);
        return sums[0];
    }

    /// <summary>Returns ⟨A, B⟩ = Σ aᵢⱼ bᵢⱼ.</summary>
    /// <param name="left">A, any shape.</param>
    /// <param name="right">B, the same shape.</param>
    public static double InnerProduct(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int n = 0; n < left.Length; n++)
            sum += left[n] * right[n];
        return sum;
    }

    /// <summary>Adds the outer products of rows to the upper triangle, four at a time.</summary>
    static void AddRows(double[] sum, FactorMatrix matrix, int from, int to, double[] pack)
    {
        int stride = matrix.Stride;
        for (int row = from; row < to; row += 4)
        {
            Array.Clear(pack);
            for (int k = 0; k < 4 && row + k < to; k++)
                Widening.AddScaled(pack.AsSpan(k * stride, stride), 1, matrix.Row(row + k));
            AddFour(sum, pack, matrix.Factors, stride);
        }
    }

    static void AddFour(Span<double> sum, ReadOnlySpan<double> pack, int factors, int stride)
    {
        for (int f = 0; f < factors; f++)
        {
            // From the start of the 16-column group of the diagonal: whole vectors only, what falls left of the diagonal is overwritten.
            int start = f & ~(FactorMatrix.Lane - 1);
            var target = MemoryMarshal.Cast<double, Vector<double>>(sum.Slice(f * stride + start, stride - start));
            var x0 = MemoryMarshal.Cast<double, Vector<double>>(pack.Slice(start, stride - start))[..target.Length];
            var x1 = MemoryMarshal.Cast<double, Vector<double>>(pack.Slice(stride + start, stride - start))[..target.Length];
            var x2 = MemoryMarshal.Cast<double, Vector<double>>(pack.Slice(2 * stride + start, stride - start))[..target.Length];
            var x3 = MemoryMarshal.Cast<double, Vector<double>>(pack.Slice(3 * stride + start, stride - start))[..target.Length];
            var a0 = new Vector<double>(pack[f]);
            var a1 = new Vector<double>(pack[stride + f]);
            var a2 = new Vector<double>(pack[2 * stride + f]);
            var a3 = new Vector<double>(pack[3 * stride + f]);
            for (int v = 0; v < target.Length; v++)
                target[v] += a0 * x0[v] + a1 * x1[v] + (a2 * x2[v] + a3 * x3[v]);
        }
    }

    static void Mirror(double[] square, int stride)
    {
        for (int i = 0; i < stride; i++)
            for (int j = 0; j < i; j++)
                square[i * stride + j] = square[j * stride + i];
    }
}
