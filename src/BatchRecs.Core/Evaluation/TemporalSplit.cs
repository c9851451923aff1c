using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>A snapshot cut at one time for all users: training before it, test from it on.</summary>
/// <remarks>One global time, not a time per user: otherwise training would know what others did during a user's test.</remarks>
public sealed class TemporalSplit
{
    readonly Snapshot _whole;

    TemporalSplit(Snapshot whole, long testFrom)
    {
        if (whole.Interactions.Times.All(time => time >= testFrom))
            throw new InputDataException(
                $"No event is older than the start of the test period, {DateTimeOffset.UnixEpoch.AddMicroseconds(testFrom):u}, so there is "
                + "nothing to learn from. Shorten the holdout.");
        _whole = whole;
        TestFrom = testFrom;
        Training = whole.Before(testFrom);
    }

    /// <summary>Gets the time at which training ends and the test starts (T1), in microseconds since 1970-01-01 UTC.</summary>
    public long TestFrom { get; }

    /// <summary>Gets the events before <see cref="TestFrom"/>, with indices of their own; it knows nothing of what came later.</summary>
    public Snapshot Training { get; }

    /// <summary>Returns the index in the whole snapshot of each user of <see cref="Training"/>, ascending.</summary>
    public int[] TrainingUsers() => Used(_whole.Interactions.Users);

    /// <summary>Cuts at a time.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="testFrom">Microseconds since 1970-01-01 UTC; the first instant of the test period.</param>
    /// <exception cref="InputDataException">No event is older.</exception>
    public static TemporalSplit At(Snapshot snapshot, long testFrom) => new(snapshot, testFrom);

    /// <summary>Cuts a duration before the newest event.</summary>
    /// <exception cref="InputDataException">No event is older.</exception>
    public static TemporalSplit ByDuration(Snapshot snapshot, TimeSpan holdout) =>
        new(snapshot, snapshot.DataUntil - (holdout.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>Cuts at the time of event ⌊(1 − share) · n⌋ in order of time, counted from 0.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="share">Share of the events to test on, in (0, 1); events of one instant stay together.</param>
    /// <exception cref="InputDataException">No event is older.</exception>
    public static TemporalSplit ByShare(Snapshot snapshot, double share)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share of the events lies between 0 and 1.");

        long[] times = [.. snapshot.Interactions.Times];
        Array.Sort(times);
        // The small term undoes the rounding of 1 − share, so that 30 % of 10 events are 3.
        int first = (int)Math.Floor(((1 - share) * times.Length) + 1e-9);
        return new TemporalSplit(snapshot, times[Math.Min(first, times.Length - 1)]);
    }

    /// <summary>Works out the answers of the test period.</summary>
    /// <param name="isPositive">One flag per event of the whole snapshot: true where the event is a sign of interest, so that a
    /// disliked item is no hit. What was seen before counts whatever its flag.</param>
    /// <param name="repeats">True = items that the user has seen before the test period count too.</param>
    /// <param name="seen">What counts as seen, in the indices of the training part, as the lists have it; null = every item with an
    /// event of the user before the test period.</param>
    public TestTruth Truth(ReadOnlySpan<bool> isPositive, bool repeats, Exclusions? seen = null)
    {
        if (isPositive.Length != _whole.Interactions.Count)
            throw new ArgumentException(
                $"{isPositive.Length} flags for {_whole.Interactions.Count} events: one flag per event of the whole snapshot is needed.",
                nameof(isPositive));
        return new TruthBuilder(_whole, TestFrom, seen).Build(isPositive, repeats, Training.Interactions.Count);
    }

    int[] Used(int[] indices)
    {
        bool[] used = new bool[indices.Length == 0 ? 0 : indices.Max() + 1];
        for (int row = 0; row < indices.Length; row++)
            used[indices[row]] |= _whole.Interactions.Times[row] < TestFrom;
        return [.. Enumerable.Range(0, used.Length).Where(index => used[index])];
    }
}
