using System.Diagnostics;
using BatchRecs.Core.Errors;

namespace BatchRecs.Core.Data;

/// <summary>Makes a snapshot of events that arrive in any order, from one source or several.</summary>
/// <remarks>
/// Events are kept in columns, never as objects. The same set of events gives the same snapshot, bit for bit, whatever the order in
/// which they arrive.
/// </remarks>
public sealed class SnapshotBuilder
{
    /// <summary>The largest number of event types: a type is one byte.</summary>
    public const int MaxEventTypes = 256;

    readonly ChunkedBuffer<int> _users = new();
    readonly ChunkedBuffer<int> _items = new();
    readonly ChunkedBuffer<byte> _types = new();
    readonly ChunkedBuffer<float> _values = new();
    readonly ChunkedBuffer<long> _times = new();

    /// <summary>Starts a snapshot that knows some event types.</summary>
    /// <param name="eventTypes">Names of the known types, in any order.</param>
    /// <exception cref="ConfigurationException">There are more than <see cref="MaxEventTypes"/>.</exception>
    public SnapshotBuilder(IEnumerable<string> eventTypes)
    {
        EventTypes = [.. eventTypes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (EventTypes.Count > MaxEventTypes)
            throw new ConfigurationException(
                $"events: {EventTypes.Count} event types are named; at most {MaxEventTypes} are possible. Map several to one.");
    }

    /// <summary>Gets the names of the known event types, ascending by ordinal.</summary>
    public IReadOnlyList<string> EventTypes { get; }

    /// <summary>Gets the ids of users; every id that is added must go into an event.</summary>
    public IdColumnBuilder Users { get; } = new("user");

    /// <summary>Gets the ids of items; every id that is added must go into an event.</summary>
    public IdColumnBuilder Items { get; } = new("item");

    /// <summary>Gets the number of events so far.</summary>
    public long Count => _times.Count;

    /// <summary>Adds one event.</summary>
    /// <param name="user">Provisional code that <see cref="Users"/> gave.</param>
    /// <param name="item">Provisional code that <see cref="Items"/> gave.</param>
    /// <param name="type">Index into <see cref="EventTypes"/>.</param>
    /// <param name="value">A finite value, or NaN for none.</param>
    /// <param name="time">Microseconds since 1970-01-01 UTC.</param>
    public void Add(int user, int item, byte type, float value, long time)
    {
        Debug.Assert(type < EventTypes.Count, "the type is known");
        _users.Add(user);
        _items.Add(item);
        _types.Add(type);
        // One bit pattern for each value: adding 0 makes -0 to 0, and any NaN becomes the one that means no value.
        _values.Add(float.IsNaN(value) ? Interactions.NoValue : value + 0f);
        _times.Add(time);
    }

    /// <summary>Sorts ids and events into the one order; the builder is empty afterwards and must not be used again.</summary>
    /// <exception cref="InvalidOperationException">There is no event.</exception>
    /// <exception cref="ResourceException">There are more events than an array can hold.</exception>
    public Snapshot Build()
    {
        if (Count == 0)
            throw new InvalidOperationException("A snapshot needs at least one event.");
        if (Count > Array.MaxLength)
            throw new ResourceException(
                $"{Count} events are more than the {Array.MaxLength} that fit. Shorten the window or drop weak event types.");

        var (users, userIndex) = Users.Build();
        var (items, itemIndex) = Items.Build();
        int[] userColumn = Recode(_users.Drain(), userIndex);
        int[] itemColumn = Recode(_items.Drain(), itemIndex);
        long[] times = _times.Drain();
        return new Snapshot
        {
            Users = users,
            Items = items,
            EventTypes = EventTypes,
            DataUntil = times.Max(),
            Interactions = Interactions.Sort(userColumn, itemColumn, _types.Drain(), _values.Drain(), times, users.Count),
        };
    }

    static int[] Recode(int[] codes, int[] indexOfCode)
    {
        for (int n = 0; n < codes.Length; n++)
            codes[n] = indexOfCode[codes[n]];
        return codes;
    }
}
