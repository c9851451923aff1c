using BatchRecs.Core.Data;

namespace BatchRecs.UnitTests.Support;

/// <summary>Builds small snapshots from rows that a test can read: user and item names, the day, optionally type and value.</summary>
sealed class EventTable
{
    /// <summary>One day in microseconds.</summary>
    public const long Day = 86_400_000_000;

    readonly List<(string User, string Item, double Day, string Type, float Value)> _rows = [];

    public EventTable Add(string user, string item, double day, string type = "buy", float value = Interactions.NoValue)
    {
        _rows.Add((user, item, day, type, value));
        return this;
    }

    /// <summary>Makes the snapshot; day 0 is 1970-01-01.</summary>
    public Snapshot ToSnapshot()
    {
        string[] users = [.. _rows.Select(row => row.User).Distinct().Order(TextIdMap.Order)];
        string[] items = [.. _rows.Select(row => row.Item).Distinct().Order(TextIdMap.Order)];
        string[] types = [.. _rows.Select(row => row.Type).Distinct().Order(StringComparer.Ordinal)];
        return new Snapshot
        {
            Users = new TextIdMap(users),
            Items = new TextIdMap(items),
            EventTypes = types,
            Interactions = Interactions.Sort(
                _rows.Select(row => Array.IndexOf(users, row.User)).ToArray(),
                _rows.Select(row => Array.IndexOf(items, row.Item)).ToArray(),
                _rows.Select(row => (byte)Array.IndexOf(types, row.Type)).ToArray(),
                _rows.Select(row => row.Value).ToArray(),
                _rows.Select(row => (long)(row.Day * Day)).ToArray(),
                users.Length),
            DataUntil = (long)(_rows.Max(row => row.Day) * Day),
        };
    }
}
