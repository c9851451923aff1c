namespace BatchRecs.Core.Evaluation;

/// <summary>Values of the same users in several columns, and the 95 % intervals of their means, differences and ratios.</summary>
/// <remarks>
/// Normal approximation from 5,000 users on (for ratios by the delta method), BCa bootstrap by user below. One set of resamples serves
/// all columns, which keeps pairs together and costs little more than one column alone.
/// </remarks>
public sealed class UserSample
{
    /// <summary>The number of users from which on the normal approximation is used.</summary>
    public const int NormalFrom = 5000;

    /// <summary>The number of users below which there is no interval.</summary>
    public const int LeastUsers = 2;

    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    internal const double NormalQuantile = 1.959963984540054;

    readonly IReadOnlyList<double[]> _columns;
    readonly double[] _sums;
    readonly double[][]? _resampled;
    readonly int _userCount;

    /// <summary>Takes the columns over and, below <see cref="NormalFrom"/> users, draws the resamples.</summary>
    /// <param name="columns">Columns of equal length, one finite value per user.</param>
    /// <param name="seed">Seed of the resamples; the same seed gives the same intervals.</param>
    /// <exception cref="ArgumentException">There are fewer than two users, or the columns differ in length.</exception>
    public UserSample(IReadOnlyList<double[]> columns, ulong seed)
    {
        _userCount = columns[0].Length;
        if (_userCount < LeastUsers)
            throw new ArgumentException($"An interval needs at least {LeastUsers} users; there are {_userCount}.", nameof(columns));
        if (columns.Any(column => column.Length != _userCount))
            throw new ArgumentException("The columns hold different numbers of users.", nameof(columns));
        _columns = columns;
        _sums = [.. columns.Select(column => column.Sum())];
        _resampled = _userCount < NormalFrom ? Resamples.Sums(columns, seed) : null;
    }

    /// <summary>Returns the mean of a column with its interval.</summary>
    public Interval Mean(int column)
    {
        double[] values = _columns[column];
        return _resampled is null
            ? Normal(_sums[column] / _userCount, values)
            : Linear(_sums[column], _resampled[column], values);
    }

    /// <summary>Returns mean(a) − mean(b) with its interval, user by user.</summary>
    /// <param name="a">Column.</param>
    /// <param name="b">Column that is compared with.</param>
    public Interval Difference(int a, int b)
    {
        double[] differences = Combine(_columns[a], _columns[b], 1);
        return _resampled is null
            ? Normal((_sums[a] - _sums[b]) / _userCount, differences)
            : Linear(_sums[a] - _sums[b], Combine(_resampled[a], _resampled[b], 1), differences);
    }

    /// <summary>Returns mean(a) / mean(b) − 1 with its interval.</summary>
    /// <param name="a">Column.</param>
    /// <param name="b">Column that is compared with.</param>
    /// <returns>Null where the mean of b, or of a resample of b, is 0: then no ratio can be given.</returns>
    public Interval? Relative(int a, int b)
    {
        if (_sums[b] == 0)
            return null;

        double ratio = _sums[a] / _sums[b];
        if (_resampled is null)
        {
            // Delta method: the ratio moves by (aᵢ − ratio · bᵢ) / mean(b) per user.
            double meanOfB = _sums[b] / _userCount;
            double[] influence = Array.ConvertAll(Combine(_columns[a], _columns[b], ratio), d => d / meanOfB);
            return Normal(ratio - 1, influence);
        }

        double[] replicates = new double[Resamples.Count];
        for (int n = 0; n < replicates.Length; n++)
            replicates[n] = (_resampled[a][n] / _resampled[b][n]) - 1;
        double[] leaveOneOut = new double[_userCount];
        for (int user = 0; user < _userCount; user++)
            leaveOneOut[user] = ((_sums[a] - _columns[a][user]) / (_sums[b] - _columns[b][user])) - 1;
        return replicates.All(double.IsFinite) && leaveOneOut.All(double.IsFinite)
            ? BiasCorrected.Of(ratio - 1, replicates, leaveOneOut)
            : null;
    }

    Interval Linear(double sum, double[] resampledSums, double[] values)
    {
        double[] replicates = Array.ConvertAll(resampledSums, resampled => resampled / _userCount);
        double[] leaveOneOut = Array.ConvertAll(values, value => (sum - value) / (_userCount - 1));
        return BiasCorrected.Of(sum / _userCount, replicates, leaveOneOut);
    }

    Interval Normal(double estimate, double[] values)
    {
        double mean = values.Sum() / _userCount;
        double squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        double margin = NormalQuantile * Math.Sqrt(squares / (_userCount - 1.0) / _userCount);
        return new Interval(estimate, estimate - margin, estimate + margin);
    }

    /// <summary>Returns a − factor · b, element by element.</summary>
    static double[] Combine(double[] a, double[] b, double factor)
    {
        double[] combined = new double[a.Length];
        for (int n = 0; n < combined.Length; n++)
            combined[n] = a[n] - (factor * b[n]);
        return combined;
    }
}
