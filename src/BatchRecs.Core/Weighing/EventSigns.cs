using BatchRecs.Core.Data;

namespace BatchRecs.Core.Weighing;

/// <summary>What the events of a snapshot say: that a user wants an item, that the user does not want it, or nothing.</summary>
/// <remarks>
/// Of one user and item the latest sign wins: what was bought and then returned is unwanted, what was disliked and then bought is wanted;
/// the events of the other sign are overruled. At one instant the negative event is the later one: where times are dates, what was bought
/// and returned on one day was returned after it was bought.
/// </remarks>
public sealed class EventSigns
{
    readonly Interactions _events;
    readonly long _dataUntil;
    readonly EventWeight?[] _weightOfType;
    readonly bool[]? _overruled;

    /// <summary>Reads the signs of a snapshot.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="known">The event types that say something.</param>
    public EventSigns(Snapshot snapshot, IReadOnlyList<EventWeight> known)
    {
        (_events, _dataUntil) = (snapshot.Interactions, snapshot.DataUntil);
        var byName = known.ToDictionary(type => type.Name);
        _weightOfType = [.. snapshot.EventTypes.Select(name => byName.GetValueOrDefault(name))];
        if (_weightOfType.Any(type => type is { IsNegative: true, Weight: > 0 }))
            _overruled = FindOverruled();
    }

    /// <summary>Returns what the type of an event is worth; null if it is unknown.</summary>
    public EventWeight? WeightOf(int row) => _weightOfType[_events.Types[row]];

    /// <summary>Tells whether an event says anything: its type has a weight, and its value is not below the minimum.</summary>
    public bool Counts(int row) =>
        // An event without a value (not a number) is below any minimum.
        WeightOf(row) is { Weight: > 0 } weight && (weight.MinValue is not { } least || _events.Values[row] >= least);

    /// <summary>Tells whether an event that counts says that the user does not want the item.</summary>
    public bool IsNegative(int row) => WeightOf(row)!.IsNegative;

    /// <summary>Tells whether a later event of the same user and item says the opposite.</summary>
    public bool IsOverruled(int row) => _overruled is not null && _overruled[row];

    /// <summary>Tells whether an event is negative, or is a positive one that a later negative one takes back.</summary>
    public bool IsOfUnwanted(int row) => WeightOf(row) is { IsNegative: true } || IsOverruled(row);

    /// <summary>Tells which events are a sign of interest that nothing overrules.</summary>
    /// <returns>One flag per event.</returns>
    public bool[] Positives()
    {
        bool[] positives = new bool[_events.Count];
        for (int row = 0; row < positives.Length; row++)
            positives[row] = Counts(row) && !IsNegative(row) && !IsOverruled(row);
        return positives;
    }

    bool[] FindOverruled()
    {
        bool[] overruled = new bool[_events.Count];
        for (int from = 0, to; from < overruled.Length; from = to)
        {
            for (to = from + 1; to < overruled.Length && IsSamePair(from, to);)
                to++;
            bool isUnwanted = IsUnwanted(from, to);
            for (int row = from; row < to; row++)
                overruled[row] = Counts(row) && IsNegative(row) != isUnwanted;
        }
        return overruled;
    }

    bool IsSamePair(int one, int other) => _events.Items[one] == _events.Items[other] && _events.Users[one] == _events.Users[other];

    /// <summary>Tells whether the latest sign of a pair, whose events are rows from … to − 1 by time, is negative.</summary>
    bool IsUnwanted(int from, int to)
    {
        long latest = long.MinValue;
        bool isUnwanted = false;
        for (int row = from; row < to; row++)
        {
            long time = _events.Times[row];
            if (!Counts(row) || time > _dataUntil)
                continue;
            isUnwanted = IsNegative(row) || (time == latest && isUnwanted);
            latest = time;
        }
        return isUnwanted;
    }
}
