using System.Diagnostics;
using BatchRecs.Core.Data;

namespace BatchRecs.Core.Guarding;

/// <summary>What an extract delivered, in figures that a later run can be compared with. Names nobody.</summary>
public sealed record InputFigures
{
    const string TypePrefix = "types.";
    const double MicrosPerDay = 86_400e6;

    /// <summary>Gets the number of events.</summary>
    public required long Rows { get; init; }

    /// <summary>Gets the number of users with an event.</summary>
    public required long Users { get; init; }

    /// <summary>Gets the number of items with an event.</summary>
    public required long Items { get; init; }

    /// <summary>Gets the share of rejected rows among those that were wanted, in [0, 1].</summary>
    public required double RejectedShare { get; init; }

    /// <summary>Gets how much older than as-of the newest event is, in days.</summary>
    public required double AgeDays { get; init; }

    /// <summary>Gets the share of events that are there once more, alike in user, item, type, value and time, in [0, 1).</summary>
    public required double DuplicateShare { get; init; }

    /// <summary>Gets the share of each event type among the events; they sum to 1.</summary>
    public required IReadOnlyDictionary<string, double> TypeShares { get; init; }

    /// <summary>Counts a snapshot.</summary>
    /// <param name="snapshot">The events; at least one.</param>
    /// <param name="rejected">Rows that could not be used.</param>
    /// <param name="asOf">The time up to which events count, in microseconds since 1970-01-01 UTC.</param>
    /// <remarks>One pass over the events: their one order puts duplicates side by side.</remarks>
    public static InputFigures Of(Snapshot snapshot, long rejected, long asOf)
    {
        var events = snapshot.Interactions;
        Debug.Assert(events.Count > 0, "a snapshot has an event");
        long[] byType = new long[snapshot.EventTypes.Count];
        long duplicates = 0;
        for (int n = 0; n < events.Count; n++)
        {
            byType[events.Types[n]]++;
            if (n > 0 && Same(events, n - 1, n))
                duplicates++;
        }
        return new InputFigures
        {
            Rows = events.Count,
            Users = snapshot.Users.Count,
            Items = snapshot.Items.Count,
            RejectedShare = (double)rejected / (rejected + events.Count),
            AgeDays = Math.Max(0, asOf - snapshot.DataUntil) / MicrosPerDay,
            DuplicateShare = (double)duplicates / events.Count,
            TypeShares = snapshot.EventTypes.Zip(byType).ToDictionary(type => type.First, type => (double)type.Second / events.Count),
        };
    }

    /// <summary>Returns the figures by name, as the ledger keeps them.</summary>
    public IReadOnlyDictionary<string, double> ToFigures() => new Dictionary<string, double>(
        TypeShares.Select(type => KeyValuePair.Create(TypePrefix + type.Key, type.Value)))
    {
        ["rows"] = Rows,
        ["users"] = Users,
        ["items"] = Items,
        ["rejected"] = RejectedShare,
        ["ageDays"] = AgeDays,
        ["duplicates"] = DuplicateShare,
    };

    /// <summary>Reads what <see cref="ToFigures"/> wrote.</summary>
    public static InputFigures From(IReadOnlyDictionary<string, double> figures) => new()
    {
        Rows = (long)figures["rows"],
        Users = (long)figures["users"],
        Items = (long)figures["items"],
        RejectedShare = figures["rejected"],
        AgeDays = figures["ageDays"],
        DuplicateShare = figures["duplicates"],
        TypeShares = figures
            .Where(figure => figure.Key.StartsWith(TypePrefix, StringComparison.Ordinal))
            .ToDictionary(figure => figure.Key[TypePrefix.Length..], figure => figure.Value),
    };

    /// <summary>Returns the total variation distance of two event-type mixes: half the sum of the differences of their shares.</summary>
    /// <returns>In [0, 1]: 0 = the same mix, 1 = nothing in common.</returns>
    public double TypeDistance(InputFigures other)
    {
        double sum = 0;
        foreach (string type in TypeShares.Keys.Union(other.TypeShares.Keys))
            sum += Math.Abs(TypeShares.GetValueOrDefault(type) - other.TypeShares.GetValueOrDefault(type));
        return sum / 2;
    }

    static bool Same(Interactions events, int a, int b) =>
        events.Users[a] == events.Users[b]
        && events.Items[a] == events.Items[b]
        && events.Times[a] == events.Times[b]
        && events.Types[a] == events.Types[b]
        && events.Values[a].Equals(events.Values[b]);
}
