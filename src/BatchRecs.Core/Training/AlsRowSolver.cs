using System.Numerics;
using System.Numerics.Tensors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Training;

/// <summary>How the solution of a row came about.</summary>
enum RowOutcome
{
    /// <summary>At the first attempt.</summary>
    Solved,

    /// <summary>In double, where need be with ten times the ridge.</summary>
    Repaired,

    /// <summary>Not at all: the system is not positive definite or not finite.</summary>
    Failed,
}

/// <summary>Builds and solves the normal equations of one row; memory for one thread.</summary>
/// <param name="factors">d.</param>
/// <remarks>
/// (α₀G + Σ w y yᵀ + r I) x = Σ b y. The left-hand side is summed and factorised in single precision; the right-hand side and the residual
/// of the first solution are computed in double, and one step of refinement with that residual gives the solution to single precision
/// even where the system is ill-conditioned (Wilkinson 1963; Higham 2002, chapter 12).
/// </remarks>
sealed class AlsRowSolver(int factors)
{
    /// <summary>Entries per single-precision sum: longer rows add such sums up in double, so that they lose no digits.</summary>
    const int BlockEntries = 256;

    /// <summary>A refinement step of more than 1 % of the solution (squared here) means that single precision does not suffice.</summary>
    const double LargestCorrection = 1e-4;

    readonly int _stride = FactorMatrix.StrideOf(factors);
    readonly float[] _upper = new float[FactorMatrix.StrideOf(factors) * FactorMatrix.StrideOf(factors)];
    readonly double[] _total = new double[FactorMatrix.StrideOf(factors) * FactorMatrix.StrideOf(factors)];
    readonly double[] _residual = new double[FactorMatrix.StrideOf(factors)];
    readonly float[] _step = new float[factors];
    readonly double[] _wide = new double[factors];

    /// <summary>Solves one row.</summary>
    /// <param name="side">What the rows share.</param>
    /// <param name="columns">Rows of the other side that the row has entries with.</param>
    /// <param name="weights">Their weights w ≥ 0.</param>
    /// <param name="targets">Their right-hand sides b.</param>
    /// <param name="x">Receives the solution; padded length, or d.</param>
    public RowOutcome Solve(
        AlsSide side, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, ReadOnlySpan<float> targets, Span<float> x)
    {
        double ridge = side.Ridge(weights);
        if (TrySolveSingle(side, columns, weights, targets, ridge, x))
            return RowOutcome.Solved;
        return TrySolveDouble(side, columns, weights, targets, ridge, x) || TrySolveDouble(side, columns, weights, targets, 10 * ridge, x)
            ? RowOutcome.Repaired
            : RowOutcome.Failed;
    }

    /// <summary>Factorises the left-hand side of a row, for <see cref="Apply"/>.</summary>
    /// <returns>False if it is not positive definite in single precision.</returns>
    public bool TryFactor(AlsSide side, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights, double ridge)
    {
        if (columns.Length <= BlockEntries)
        {
            side.ScaledGramSingle.CopyTo(_upper, 0);
            AddEntries(side.Other, columns, weights);
        }
        else
            AssembleLong(side, columns, weights);
        for (int f = 0; f < factors; f++)
            _upper[f * _stride + f] += (float)ridge;
        return Cholesky.TryFactor(_upper, factors, _stride);
    }

    /// <summary>Multiplies a vector by the inverse of the left-hand side factorised last, in place.</summary>
    /// <param name="x">d numbers.</param>
    public void Apply(Span<float> x) => Cholesky.Solve(_upper, _stride, x);

    bool TrySolveSingle(
        AlsSide side,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> targets,
        double ridge,
        Span<float> x)
    {
        if (!TryFactor(side, columns, weights, ridge))
            return false;

        x.Clear();
        Array.Clear(_residual);
        for (int n = 0; n < columns.Length; n++)
            Widening.AddScaled(_residual, targets[n], side.Other.Row(columns[n]));
        AddStep(x);
        ComputeResidual(side, columns, weights, targets, ridge, x);
        double correction = AddStep(x);
        return double.IsFinite(correction) && correction <= LargestCorrection * Widening.Dot(x, x);
    }

    /// <summary>x += A⁻¹ · residual.</summary>
    /// <returns>The squared length of what was added; not a number where the system is not finite.</returns>
    double AddStep(Span<float> x)
    {
        for (int f = 0; f < factors; f++)
            _step[f] = (float)_residual[f];
        Apply(_step);
        for (int f = 0; f < factors; f++)
            x[f] += _step[f];
        return Widening.Dot(_step, _step);
    }

    /// <summary>residual = Σ (b − w x·y) y − (α₀G + r I) x, in double.</summary>
    void ComputeResidual(
        AlsSide side,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> targets,
        double ridge,
        ReadOnlySpan<float> x)
    {
        for (int f = 0; f < factors; f++)
            _wide[f] = x[f];
        for (int f = 0; f < factors; f++)
            _residual[f] = -ridge * _wide[f]
                - TensorPrimitives.Dot<double>(side.ScaledGram.AsSpan(f * _stride, factors), _wide);
        for (int n = 0; n < columns.Length; n++)
        {
            ReadOnlySpan<float> y = side.Other.Row(columns[n]);
            double error = targets[n] - weights[n] * Widening.Dot(y[..factors], x[..factors]);
            Widening.AddScaled(_residual, error, y);
        }
    }

    void AssembleLong(AlsSide side, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights)
    {
        side.ScaledGram.CopyTo(_total, 0);
        for (int from = 0; from < columns.Length; from += BlockEntries)
        {
            int count = Math.Min(BlockEntries, columns.Length - from);
            Array.Clear(_upper);
            AddEntries(side.Other, columns.Slice(from, count), weights.Slice(from, count));
            Widening.AddScaled(_total, 1, _upper);
        }
        for (int n = 0; n < _total.Length; n++)
            _upper[n] = (float)_total[n];
    }

    /// <summary>Adds Σ w y yᵀ, four entries at a time; what is missing to four is added with weight 0.</summary>
    void AddEntries(FactorMatrix other, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights)
    {
        int n = 0;
        for (; n + 4 <= columns.Length; n += 4)
            SymmetricUpdate.AddOuterProducts(
                _upper,
                0,
                factors,
                other.Row(columns[n]),
                other.Row(columns[n + 1]),
                other.Row(columns[n + 2]),
                other.Row(columns[n + 3]),
                new Vector4(weights.Slice(n, 4)));
        if (n == columns.Length)
            return;

        Span<int> last = stackalloc int[4];
        Span<float> lastWeights = stackalloc float[4];
        last.Fill(columns[n]);
        columns[n..].CopyTo(last);
        weights[n..].CopyTo(lastWeights);
        SymmetricUpdate.AddOuterProducts(
            _upper, 0, factors, other.Row(last[0]), other.Row(last[1]), other.Row(last[2]), other.Row(last[3]), new Vector4(lastWeights));
    }

    bool TrySolveDouble(
        AlsSide side,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> targets,
        double ridge,
        Span<float> x)
    {
        double[] upper = new double[factors * factors];
        double[] solution = new double[factors];
        for (int f = 0; f < factors; f++)
        {
            side.ScaledGram.AsSpan(f * _stride, factors).CopyTo(upper.AsSpan(f * factors));
            upper[f * factors + f] += ridge;
        }
        for (int n = 0; n < columns.Length; n++)
        {
            ReadOnlySpan<float> y = side.Other.Row(columns[n])[..factors];
            Widening.AddScaled(solution, targets[n], y);
            for (int f = 0; f < factors; f++)
                Widening.AddScaled(upper.AsSpan(f * factors, factors), (double)weights[n] * y[f], y);
        }
        if (!DoubleCholesky.TryFactor(upper, factors))
            return false;
        DoubleCholesky.Solve(upper, solution);
        for (int f = 0; f < factors; f++)
            x[f] = (float)solution[f];
        return AllFinite(x);
    }

    static bool AllFinite(ReadOnlySpan<float> x)
    {
        foreach (float value in x)
            if (!float.IsFinite(value))
                return false;
        return true;
    }
}
