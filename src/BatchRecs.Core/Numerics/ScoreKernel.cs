using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BatchRecs.Core.Numerics;

/// <summary>Dot products of a few query vectors with many rows: scores of users for items, cosines of items.</summary>
static class ScoreKernel
{
    /// <summary>Number of query vectors per call: four accumulators for each row that is loaded.</summary>
    public const int Queries = 4;

    /// <summary>scores[q · rows + r] = query q · row r.</summary>
    /// <param name="queries">Four padded vectors, one after the other.</param>
    /// <param name="rows">Padded rows, one after the other.</param>
    /// <param name="stride">Padded length of a vector: a multiple of <see cref="FactorMatrix.Lane"/>.</param>
    /// <param name="scores">Receives 4 × rows scores.</param>
    /// <remarks>A score is summed in one order whatever its place among queries and rows, so tiling does not change a bit.</remarks>
    public static void Score(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores) =>
        Score(queries, rows, stride, scores, Vector512.IsHardwareAccelerated);

    /// <summary>The same on a chosen path: <paramref name="wide"/> = 512-bit vectors, else whatever the machine has.</summary>
    internal static void Score(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores, bool wide)
    {
        int count = rows.Length / stride;
        if (stride % FactorMatrix.Lane != 0 || queries.Length != Queries * stride || rows.Length != count * stride
            || scores.Length < Queries * count)
            ThrowShape();

        if (wide)
            ScoreWide(queries, rows, stride, scores, count);
        else
            ScoreNarrow(queries, rows, stride, scores, count);
    }

    static void ScoreWide(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores, int count)
    {
        int lanes = stride / Vector512<float>.Count;
        var query = MemoryMarshal.Cast<float, Vector512<float>>(queries);
        var q0 = query[..lanes];
        var q1 = query.Slice(lanes, lanes);
        var q2 = query.Slice(2 * lanes, lanes);
        var q3 = query.Slice(3 * lanes, lanes);
        for (int r = 0; r < count; r++)
        {
            var row = MemoryMarshal.Cast<float, Vector512<float>>(rows.Slice(r * stride, stride))[..lanes];
            var (s0, s1, s2, s3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (int v = 0; v < row.Length; v++)
            {
                var y = row[v];
                s0 = Vector512.MultiplyAddEstimate(q0[v], y, s0);
                s1 = Vector512.MultiplyAddEstimate(q1[v], y, s1);
                s2 = Vector512.MultiplyAddEstimate(q2[v], y, s2);
                s3 = Vector512.MultiplyAddEstimate(q3[v], y, s3);
            }
            scores[r] = Vector512.Sum(s0);
            scores[count + r] = Vector512.Sum(s1);
            scores[2 * count + r] = Vector512.Sum(s2);
            scores[3 * count + r] = Vector512.Sum(s3);
        }
    }

    static void ScoreNarrow(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores, int count)
    {
        int lanes = stride / Vector<float>.Count;
        var query = MemoryMarshal.Cast<float, Vector<float>>(queries);
        var q0 = query[..lanes];
        var q1 = query.Slice(lanes, lanes);
        var q2 = query.Slice(2 * lanes, lanes);
        var q3 = query.Slice(3 * lanes, lanes);
        for (int r = 0; r < count; r++)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(rows.Slice(r * stride, stride))[..lanes];
            var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (int v = 0; v < row.Length; v++)
            {
                var y = row[v];
                s0 = Vector.MultiplyAddEstimate(q0[v], y, s0);
                s1 = Vector.MultiplyAddEstimate(q1[v], y, s1);
                s2 = Vector.MultiplyAddEstimate(q2[v], y, s2);
                s3 = Vector.MultiplyAddEstimate(q3[v], y, s3);
            }
            scores[r] = Vector.Sum(s0);
            scores[count + r] = Vector.Sum(s1);
            scores[2 * count + r] = Vector.Sum(s2);
            scores[3 * count + r] = Vector.Sum(s3);
        }
    }

    [DoesNotReturn]
    static void ThrowShape() => throw new ArgumentException("Expected four query vectors, whole rows, and room for every score.");
}
