using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Training;

/// <summary>One half of a sweep: the rows of one side are solved while the other side stays fixed.</summary>
sealed class AlsHalf
{
    readonly string _name;
    readonly SparseMatrix _entries;
    readonly FactorMatrix _solved;
    readonly FactorMatrix _other;
    readonly AlsOptions _options;
    readonly int _threads;
    readonly (int From, int To)[] _units;
    readonly double[] _fit;
    readonly double[] _ridges;
    readonly RowOutcome[] _outcomes;

    /// <summary>Prepares one side.</summary>
    /// <param name="name">What a row is: <c>user</c> or <c>item</c>.</param>
    /// <param name="entries">Rows of this side × rows of the other side.</param>
    /// <param name="solved">This side's factors.</param>
    /// <param name="other">The other side's factors.</param>
    /// <param name="options">The objective.</param>
    /// <param name="threads">Threads to use.</param>
    public AlsHalf(string name, SparseMatrix entries, FactorMatrix solved, FactorMatrix other, AlsOptions options, int threads)
    {
        (_name, _entries, _solved, _other, _options, _threads) = (name, entries, solved, other, options, threads);
        _units = RowUnits.Of(entries, solved.Factors);
        _fit = new double[entries.RowCount];
        _outcomes = new RowOutcome[entries.RowCount];
        _ridges = new double[entries.RowCount];
        for (int row = 0; row < _ridges.Length; row++)
            _ridges[row] = AlsSide.Ridge(entries.RowWeights(row), other.RowCount, options);
    }

    /// <summary>Gets how many times a row had to be repaired.</summary>
    public long RepairedRows { get; private set; }

    /// <summary>Solves every row.</summary>
    /// <param name="gram">Gram matrix of the other side.</param>
    /// <param name="token">Asked once per unit.</param>
    /// <returns>Σ_S [w s² − 2 b s + k] with the new factors.</returns>
    /// <exception cref="TrainingDivergedException">A row's system is not positive definite even in double.</exception>
    public double Solve(double[] gram, CancellationToken token)
    {
        var side = new AlsSide(_other, gram, _options);
        Workers.Run(_units.Length, _threads, () => new AlsRowSolver(_solved.Factors), (unit, solver) =>
        {
            for (int row = _units[unit].From; row < _units[unit].To; row++)
                SolveRow(side, solver, row);
        }, token);

        int failed = Array.IndexOf(_outcomes, RowOutcome.Failed);
        if (failed >= 0)
            throw new TrainingDivergedException(
                $"The equations of {_name} {failed} (row index; {_entries.RowLength(failed)} entries) have no finite solution, "
                + $"even in double precision. Set a larger regularization (now {_options.Regularization}), or fewer factors "
                + $"(now {_options.Factors}).");
        RepairedRows += _outcomes.Count(outcome => outcome == RowOutcome.Repaired);
        return _fit.Sum();
    }

    /// <summary>Returns Σ_S [w s² − 2 b s + k] with the factors as they are.</summary>
    public double Evaluate()
    {
        for (int row = 0; row < _fit.Length; row++)
            _fit[row] = Fit(row);
        return _fit.Sum();
    }

    /// <summary>Returns this side's ridge terms Σ r |x|².</summary>
    public double Penalty()
    {
        double sum = 0;
        for (int row = 0; row < _ridges.Length; row++)
            sum += _ridges[row] * Widening.Dot(_solved.Row(row), _solved.Row(row));
        return sum;
    }

    void SolveRow(AlsSide side, AlsRowSolver solver, int row)
    {
        var x = _solved.Row(row);
        if (_entries.RowLength(row) == 0)
        {
            x.Clear();
            return;
        }
        _outcomes[row] = solver.Solve(side, _entries.Columns(row), _entries.RowWeights(row), _entries.RowTargets(row), x);
        _fit[row] = Fit(row);
    }

    /// <summary>Sums one row's share of the loss over its entries, in double.</summary>
    double Fit(int row)
    {
        var columns = _entries.Columns(row);
        var weights = _entries.RowWeights(row);
        var targets = _entries.RowTargets(row);
        ReadOnlySpan<float> x = _solved.Row(row);
        double sum = 0;
        for (int n = 0; n < columns.Length; n++)
        {
            double score = Widening.Dot(x, _other.Row(columns[n]));
            double w = weights[n];
            double b = targets[n];
            sum += (w * score - 2 * b) * score + (w > 0 ? b * b / w : 0);
        }
        return sum;
    }
}
