using BatchRecs.Core.Data;

namespace BatchRecs.Core.Ranking;

/// <summary>Turns chosen event type names into one flag per type of a snapshot.</summary>
static class EventTypeFlags
{
    /// <summary>Returns true per event type that is chosen; all are when <paramref name="chosen"/> is null.</summary>
    /// <remarks>A chosen name that the snapshot does not have chooses nothing: the type is known, but nobody did it yet.</remarks>
    public static bool[] Of(Snapshot snapshot, IReadOnlyList<string>? chosen) =>
        [.. snapshot.EventTypes.Select(type => chosen is null || chosen.Contains(type, StringComparer.Ordinal))];
}
