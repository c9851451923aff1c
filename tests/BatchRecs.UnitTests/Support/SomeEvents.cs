using System.Globalization;
using BatchRecs.Core.Data;

namespace BatchRecs.UnitTests.Support;

/// <summary>Builds small snapshots: users and items are their indices, ages are in days before the newest moment.</summary>
sealed class SomeEvents(int users, int items, params string[] types)
{
    public const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>Noon of a day, so that whole and half days of age fall on days that are easy to name.</summary>
    public static readonly long Until =
        DateTimeOffset.Parse("2026-03-15T12:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000;

    readonly List<(int User, int Item, byte Type, float Value, long Time)> _events = [];

    public SomeEvents Add(int user, int item, string type = "view", double ageDays = 0, float value = Interactions.NoValue) =>
        AddAt(user, item, type, Until - (long)(ageDays * MicrosecondsPerDay), value);

    public SomeEvents AddAt(int user, int item, string type, long time, float value = Interactions.NoValue)
    {
        _events.Add((user, item, (byte)Array.IndexOf(types, type), value, time));
        return this;
    }

    public Snapshot ToSnapshot(long? until = null) => new()
    {
        Users = new IntegerIdMap(IdKind.Int32, [.. Enumerable.Range(0, users).Select(n => (long)n)]),
        Items = new IntegerIdMap(IdKind.Int32, [.. Enumerable.Range(0, items).Select(n => (long)n)]),
        EventTypes = types,
        Interactions = Interactions.Sort(
            [.. _events.Select(e => e.User)],
            [.. _events.Select(e => e.Item)],
            [.. _events.Select(e => e.Type)],
            [.. _events.Select(e => e.Value)],
            [.. _events.Select(e => e.Time)],
            users),
        DataUntil = until ?? Until,
    };
}
