using System.Globalization;
using System.IO.Compression;
using BatchRecs.Core.Data;

namespace BatchRecs.UnitTests.Support;

/// <summary>The two data sets under samples/, read straight from their files and kept for the whole test run.</summary>
static class SampleData
{
    static readonly Lazy<Snapshot> CachedOnlineRetail = new(() =>
        Read("online-retail/interactions.csv.gz", "purchase", valueColumn: 3, timeColumn: 2));
    static readonly Lazy<Snapshot> CachedMovieTweetings = new(() =>
        Read("movietweetings/ratings.csv.gz", "rating", valueColumn: 2, timeColumn: 3));

    /// <summary>Gets the purchases; the value is the quantity.</summary>
    public static Snapshot OnlineRetail => CachedOnlineRetail.Value;

    /// <summary>Gets the ratings; the value is the rating.</summary>
    public static Snapshot MovieTweetings => CachedMovieTweetings.Value;

    /// <summary>Returns the path of a file under samples/, found upwards from the test assembly.</summary>
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "samples", relative);
            if (File.Exists(path))
                return path;
        }
        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} holds samples/{relative}.");
    }

    static Snapshot Read(string relative, string eventType, int valueColumn, int timeColumn)
    {
        var rows = new List<(long User, string Item, float Value, long Time)>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path(relative)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            rows.Add((
                long.Parse(cells[0], CultureInfo.InvariantCulture),
                cells[1],
                float.Parse(cells[valueColumn], CultureInfo.InvariantCulture),
                DateTimeOffset.Parse(cells[timeColumn], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000));
        }

        long[] users = [.. rows.Select(row => row.User).Distinct().Order()];
        string[] items = [.. rows.Select(row => row.Item).Distinct().Order(TextIdMap.Order)];
        var userIndex = users.Select((id, n) => (id, n)).ToDictionary(pair => pair.id, pair => pair.n);
        var itemIndex = items.Select((id, n) => (id, n)).ToDictionary(pair => pair.id, pair => pair.n);
        return new Snapshot
        {
            Users = new IntegerIdMap(IdKind.Int32, users),
            Items = new TextIdMap(items),
            EventTypes = [eventType],
            Interactions = Interactions.Sort(
                rows.Select(row => userIndex[row.User]).ToArray(),
                rows.Select(row => itemIndex[row.Item]).ToArray(),
                new byte[rows.Count],
                rows.Select(row => row.Value).ToArray(),
                rows.Select(row => row.Time).ToArray(),
                users.Length),
            DataUntil = rows.Max(row => row.Time),
        };
    }
}
