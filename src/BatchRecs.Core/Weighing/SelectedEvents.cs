using BatchRecs.Core.Data;

namespace BatchRecs.Core.Weighing;

/// <summary>
/// The events that count: of known types, not below their minimum value, one a day per user, item and type, and of a pair only those of
/// one sign: all positive or all negative.
/// </summary>
sealed class SelectedEvents
{
    readonly EventSigns _signs;
    readonly int[] _rows;
    readonly Dictionary<string, long> _leftOut = [];

    /// <summary>Selects the events of a snapshot.</summary>
    /// <param name="snapshot">The events; ages are counted from its <see cref="Snapshot.DataUntil"/>.</param>
    /// <param name="options">Known types, minimum values, days.</param>
    public SelectedEvents(Snapshot snapshot, WeighingOptions options)
    {
        Snapshot = snapshot;
        _signs = new EventSigns(snapshot, options.Events);
        _rows = Select(options.TimeZone);
    }

    /// <summary>Gets the snapshot that the events belong to.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>Gets the rows of the events in <see cref="Snapshot.Interactions"/>, ascending: by user, item, time, type.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Gets the number of events left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _leftOut;

    /// <summary>Returns what the type of a selected event is worth.</summary>
    public EventWeight WeightOf(int row) => _signs.WeightOf(row)!;

    /// <summary>Tells whether a selected event says that the user does not want the item.</summary>
    public bool IsNegative(int row) => _signs.IsNegative(row);

    /// <summary>Returns the age of an event in days.</summary>
    public double AgeDays(int row) => (Snapshot.DataUntil - Snapshot.Interactions.Times[row]) / 86_400e6;

    int[] Select(TimeZoneInfo zone)
    {
        var events = Snapshot.Interactions;
        if (events.Count == 0)
            return [];

        var days = new DayBuckets(zone, Math.Min(events.Times.Min(), Snapshot.DataUntil), Snapshot.DataUntil);
        var selected = new List<int>(events.Count);
        long[] dayOfLater = new long[Snapshot.EventTypes.Count];
        // From the latest event of a user and item back to the first, so that the first event met of a day is the one to keep.
        for (int n = events.Count - 1; n >= 0; n--)
        {
            if (n == events.Count - 1 || events.Items[n] != events.Items[n + 1] || events.Users[n] != events.Users[n + 1])
                Array.Fill(dayOfLater, long.MaxValue);
            if (WhyLeftOut(events, n) is { } reason)
            {
                LeaveOut(reason);
                continue;
            }
            long day = days.Of(events.Times[n]);
            if (dayOfLater[events.Types[n]] == day)
            {
                LeaveOut(LeftOutReasons.Repeated);
                continue;
            }
            dayOfLater[events.Types[n]] = day;
            selected.Add(n);
        }
        selected.Reverse();
        return [.. selected];
    }

    string? WhyLeftOut(Interactions events, int n)
    {
        if (_signs.WeightOf(n) is not { } weight)
            return LeftOutReasons.UnknownType;
        if (weight.Weight <= 0)
            return LeftOutReasons.NoWeight;
        if (events.Times[n] > Snapshot.DataUntil)
            return LeftOutReasons.TooLate;
        if (!_signs.Counts(n))
            return LeftOutReasons.BelowMinimum;
        return _signs.IsOverruled(n) ? LeftOutReasons.Overruled : null;
    }

    void LeaveOut(string reason) => _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
}
