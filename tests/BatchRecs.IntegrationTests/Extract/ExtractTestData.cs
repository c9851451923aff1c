using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Store.Extract;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>Sources and requests that differ from test to test in few places.</summary>
static class ExtractTestData
{
    public static readonly long Now = Micros("2024-06-01T00:00:00Z");

    public static long Micros(string time) => (DateTimeOffset.Parse(time, null) - DateTimeOffset.UnixEpoch).Ticks / 10;

    public static EventSource Source(string table = "events", int number = 0) => new()
    {
        Label = $"sources[{number}] ({table})",
        Relation = SourceRelation.Table(table),
        User = "user_id",
        Item = "item_id",
        Time = "at",
        ConstantEvent = "view",
    };

    public static ExtractRequest Request(params EventSource[] sources) => new()
    {
        Sources = sources,
        EventTypes = ["view", "cart"],
        AsOf = Now,
        Now = Now,
        Window = TimeSpan.FromDays(3650),
    };

    public static async Task<(Snapshot Snapshot, ExtractReport Report)> ReadAsync(Warehouse warehouse, ExtractRequest request)
    {
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        return await InteractionReader.ReadAsync(session, request, progress: null, CancellationToken.None);
    }

    /// <summary>Writes each event as "user item type value time", for whole-result comparisons.</summary>
    public static string[] Lines(Snapshot snapshot)
    {
        var events = snapshot.Interactions;
        return [.. Enumerable.Range(0, events.Count).Select(n => string.Join(
            ' ',
            snapshot.Users.ToText(events.Users[n]),
            snapshot.Items.ToText(events.Items[n]),
            snapshot.EventTypes[events.Types[n]],
            events.Values[n].ToString(CultureInfo.InvariantCulture),
            DateTimeOffset.UnixEpoch.AddTicks(
                events.Times[n] * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)))];
    }
}
