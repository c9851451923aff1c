using BatchRecs.Core.Data;

namespace BatchRecs.Core.Weighing;

/// <summary>The factor v(value) of an event's weight.</summary>
/// <remarks>
/// A rating is set against the mean of all ratings of that type by the same user, and against the range of all ratings of that type, both
/// over every event and not only over those above the minimum value: taste shows beside what was not liked.
/// </remarks>
sealed class ValueFactors
{
    readonly Interactions _events;
    readonly Dictionary<byte, (double[] MeanOfUser, double Range)> _ratings = [];

    /// <summary>Computes means and ranges of the types whose values are ratings.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="options">The use of the values of each type.</param>
    public ValueFactors(Snapshot snapshot, WeighingOptions options)
    {
        _events = snapshot.Interactions;
        for (int type = 0; type < snapshot.EventTypes.Count; type++)
            if (options.Events.Any(e => e.Name == snapshot.EventTypes[type] && e.Value == ValueUse.Rating))
                _ratings.Add((byte)type, Describe(snapshot, (byte)type));
    }

    /// <summary>Returns v of the event in row <paramref name="row"/>, at least 0; 1 for an event without a value.</summary>
    /// <param name="row">Row of the interactions.</param>
    /// <param name="use">How the value enters.</param>
    public double Of(int row, ValueUse use)
    {
        double value = _events.Values[row];
        if (use == ValueUse.None || double.IsNaN(value))
            return 1;
        if (use == ValueUse.Log1p)
            return Math.Log(1 + Math.Max(0, value));

        // Where all ratings are equal they say nothing.
        var (meanOfUser, range) = _ratings[_events.Types[row]];
        return range > 0 ? Math.Clamp((value - meanOfUser[_events.Users[row]]) / range, 0, 1) : 1;
    }

    static (double[] MeanOfUser, double Range) Describe(Snapshot snapshot, byte type)
    {
        var events = snapshot.Interactions;
        double[] sums = new double[snapshot.Users.Count];
        int[] counts = new int[snapshot.Users.Count];
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        for (int n = 0; n < events.Count; n++)
        {
            double value = events.Values[n];
            if (events.Types[n] != type || double.IsNaN(value) || events.Times[n] > snapshot.DataUntil)
                continue;
            sums[events.Users[n]] += value;
            counts[events.Users[n]]++;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        for (int user = 0; user < sums.Length; user++)
            sums[user] /= Math.Max(1, counts[user]);
        return (sums, most - least);
    }
}
