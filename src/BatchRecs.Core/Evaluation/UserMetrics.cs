namespace BatchRecs.Core.Evaluation;

/// <summary>The metrics of every user at one list length, kept apart so that two makers of lists can be compared user by user.</summary>
public sealed class UserMetrics
{
    readonly double[][] _values;

    internal UserMetrics(int at, int userCount)
    {
        At = at;
        _values = [.. Enum.GetValues<RankingMetric>().Select(_ => new double[userCount])];
    }

    /// <summary>Gets the list length N.</summary>
    public int At { get; }

    /// <summary>Returns the values of a metric, one per user, in [0, 1].</summary>
    public double[] Of(RankingMetric metric) => _values[(int)metric];

    /// <summary>Returns the mean of a metric over the users; NaN without users.</summary>
    public double Mean(RankingMetric metric)
    {
        double sum = 0;
        foreach (double value in Of(metric))
            sum += value;
        return sum / Of(metric).Length;
    }
}
