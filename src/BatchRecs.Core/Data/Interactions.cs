namespace BatchRecs.Core.Data;

/// <summary>Events in columns, in the one order: by user, item, time, type, value. Row n is one event.</summary>
/// <remarks>The order makes every sum over events the same whatever store or plan delivered them.</remarks>
public sealed class Interactions
{
    /// <summary>An event without a value carries NaN.</summary>
    public const float NoValue = float.NaN;

    /// <summary>Gets the user index of each event.</summary>
    public required int[] Users { get; init; }

    /// <summary>Gets the item index of each event.</summary>
    public required int[] Items { get; init; }

    /// <summary>Gets the event type of each event: an index into <see cref="Snapshot.EventTypes"/>.</summary>
    public required byte[] Types { get; init; }

    /// <summary>Gets the value of each event (rating, quantity, dwell); <see cref="NoValue"/> where there is none.</summary>
    public required float[] Values { get; init; }

    /// <summary>Gets the time of each event in microseconds since 1970-01-01 UTC.</summary>
    public required long[] Times { get; init; }

    /// <summary>Gets the number of events.</summary>
    public int Count => Users.Length;

    /// <summary>Sorts columns of equal length into the one order.</summary>
    /// <param name="users">User index per event.</param>
    /// <param name="items">Item index per event.</param>
    /// <param name="types">Event type per event.</param>
    /// <param name="values">Value per event, NaN if none.</param>
    /// <param name="times">Microseconds since 1970-01-01 UTC per event.</param>
    /// <param name="userCount">Number of users; every user index is below it.</param>
    /// <returns>New columns; the arguments are left as they are.</returns>
    public static Interactions Sort(
        ReadOnlySpan<int> users,
        ReadOnlySpan<int> items,
        ReadOnlySpan<byte> types,
        ReadOnlySpan<float> values,
        ReadOnlySpan<long> times,
        int userCount)
    {
        int[] rowPtr = new int[userCount + 1];
        foreach (int user in users)
            rowPtr[user + 1]++;
        for (int user = 0; user < userCount; user++)
            rowPtr[user + 1] += rowPtr[user];

        var rows = new Row[users.Length];
        int[] next = rowPtr[..^1];
        for (int n = 0; n < users.Length; n++)
            rows[next[users[n]]++] = new Row(items[n], types[n], values[n], times[n]);
        for (int user = 0; user < userCount; user++)
            rows.AsSpan(rowPtr[user]..rowPtr[user + 1]).Sort();

        var sorted = Allocate(rows.Length);
        for (int user = 0; user < userCount; user++)
            for (int n = rowPtr[user]; n < rowPtr[user + 1]; n++)
                sorted.Set(n, user, rows[n]);
        return sorted;
    }

    /// <summary>Returns the events for which <paramref name="keep"/> is true, in order.</summary>
    /// <param name="keep">One flag per event.</param>
    public Interactions Where(ReadOnlySpan<bool> keep)
    {
        int count = keep.Count(true);
        var kept = Allocate(count);
        for (int n = 0, k = 0; n < keep.Length; n++)
            if (keep[n])
                kept.Set(k++, Users[n], new Row(Items[n], Types[n], Values[n], Times[n]));
        return kept;
    }

    static Interactions Allocate(int count) => new()
    {
        Users = new int[count],
        Items = new int[count],
        Types = new byte[count],
        Values = new float[count],
        Times = new long[count],
    };

    void Set(int n, int user, Row row)
    {
        Users[n] = user;
        Items[n] = row.Item;
        Types[n] = row.Type;
        Values[n] = row.Value;
        Times[n] = row.Time;
    }

    readonly record struct Row(int Item, byte Type, float Value, long Time) : IComparable<Row>
    {
        public int CompareTo(Row other)
        {
            int order = Item.CompareTo(other.Item);
            if (order == 0)
                order = Time.CompareTo(other.Time);
            if (order == 0)
                order = Type.CompareTo(other.Type);
            return order == 0 ? Value.CompareTo(other.Value) : order;
        }
    }
}
