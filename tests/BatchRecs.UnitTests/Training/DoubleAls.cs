using BatchRecs.Core.Data;
using BatchRecs.Core.Training;
using MathNet.Numerics.LinearAlgebra;

namespace BatchRecs.UnitTests.Training;

/// <summary>The double twin of <see cref="ImplicitAls"/>: dense matrices over all pairs, another library's solver, no tricks.</summary>
sealed class DoubleAls
{
    readonly AlsOptions _options;
    readonly Matrix<double> _weights;
    readonly Matrix<double> _targets;
    readonly Matrix<double> _constants;

    public DoubleAls(SparseMatrix entries, AlsOptions options, double[] users, double[] items)
    {
        _options = options;
        _weights = Matrix<double>.Build.Dense(entries.RowCount, entries.ColumnCount);
        _targets = _weights.Clone();
        _constants = _weights.Clone();
        for (int row = 0; row < entries.RowCount; row++)
            for (int n = 0; n < entries.RowLength(row); n++)
            {
                // The oracles' weights have few decimals; the nearest decimal takes back the rounding to single precision.
                double weight = Math.Round(entries.RowWeights(row)[n], 6);
                double target = Math.Round(entries.RowTargets(row)[n], 6);
                int column = entries.Columns(row)[n];
                _weights[row, column] = weight;
                _targets[row, column] = target;
                _constants[row, column] = weight > 0 ? target * target / weight : 0;
            }
        Users = Matrix<double>.Build.Dense(entries.RowCount, options.Factors, (row, f) => users[row * options.Factors + f]);
        Items = Matrix<double>.Build.Dense(entries.ColumnCount, options.Factors, (row, f) => items[row * options.Factors + f]);
    }

    public Matrix<double> Users { get; private set; }

    public Matrix<double> Items { get; private set; }

    public void SolveUsers() => Users = Solve(_weights, _targets, Items, Users);

    public void SolveItems() => Items = Solve(_weights.Transpose(), _targets.Transpose(), Users, Items);

    /// <summary>The loss as a sum over all pairs.</summary>
    public double Loss()
    {
        var scores = Users * Items.Transpose();
        double loss = 0;
        for (int u = 0; u < scores.RowCount; u++)
            for (int i = 0; i < scores.ColumnCount; i++)
            {
                double s = scores[u, i];
                loss += _weights[u, i] * s * s - 2 * _targets[u, i] * s + _constants[u, i] + _options.UnobservedWeight * s * s;
            }
        return loss + Penalty(_weights, Users, Items.RowCount) + Penalty(_weights.Transpose(), Items, Users.RowCount);
    }

    /// <summary>∂L/∂x by central differences, the largest over all user and item factors.</summary>
    public double LargestSlope(bool ofUsers)
    {
        const double Step = 1e-4;
        var factors = ofUsers ? Users : Items;
        double largest = 0;
        for (int row = 0; row < factors.RowCount; row++)
            for (int f = 0; f < factors.ColumnCount; f++)
            {
                double old = factors[row, f];
                factors[row, f] = old + Step;
                double above = Loss();
                factors[row, f] = old - Step;
                double below = Loss();
                factors[row, f] = old;
                largest = Math.Max(largest, Math.Abs(above - below) / (2 * Step));
            }
        return largest;
    }

    public static double[] RowMajor(Matrix<double> matrix) => matrix.ToRowMajorArray();

    double Ridge(Vector<double> weights, int otherCount) =>
        _options.Regularization * Math.Pow(weights.Sum() + _options.UnobservedWeight * otherCount, _options.RegularizationExponent);

    double Penalty(Matrix<double> weights, Matrix<double> factors, int otherCount)
    {
        double sum = 0;
        for (int row = 0; row < factors.RowCount; row++)
            sum += Ridge(weights.Row(row), otherCount) * factors.Row(row).DotProduct(factors.Row(row));
        return sum;
    }

    Matrix<double> Solve(Matrix<double> weights, Matrix<double> targets, Matrix<double> other, Matrix<double> solved)
    {
        var result = solved.Clone();
        var gram = _options.UnobservedWeight * other.Transpose() * other;
        for (int row = 0; row < result.RowCount; row++)
        {
            var left = gram + other.Transpose() * Matrix<double>.Build.DiagonalOfDiagonalVector(weights.Row(row)) * other;
            left += Ridge(weights.Row(row), other.RowCount) * Matrix<double>.Build.DenseIdentity(other.ColumnCount);
            result.SetRow(row, left.LU().Solve(other.Transpose() * targets.Row(row)));
        }
        return result;
    }
}
