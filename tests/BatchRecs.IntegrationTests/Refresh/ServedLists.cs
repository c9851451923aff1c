using System.Data.Common;
using System.Globalization;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>
/// Everything that readers see of the current release, a line per row with the exact scores; release ids and times are left out.
/// </summary>
sealed record ServedLists
{
    public required string[] Main { get; init; }

    public required string[] Again { get; init; }

    public required string[] Similar { get; init; }

    public required string[] Popular { get; init; }

    public required string[] Items { get; init; }

    /// <summary>Gets all rows, with the list that each is of.</summary>
    public string[] All =>
    [
        .. Tagged("main", Main),
        .. Tagged("again", Again),
        .. Tagged("similar", Similar),
        .. Tagged("popular", Popular),
        .. Tagged("items", Items),
    ];

    public static async Task<ServedLists> ReadAsync(Database serving, string recommender, bool hasAgain = true)
    {
        await using var connection = await serving.OpenAsync(readOnly: true, CancellationToken.None);
        string view = (serving.Settings.Provider == StoreProvider.Postgres ? "recs." : "") + recommender;
        const string Row = "user_id, rank, item_id, score, source, reason_code, because_item_id, propensity, variant";
        return new ServedLists
        {
            Main = await RowsAsync(connection, $"select {Row} from {view}_recommendations"),
            Again = hasAgain ? await RowsAsync(connection, $"select {Row} from {view}_again") : [],
            Similar = await RowsAsync(connection, $"select item_id, rank, similar_item_id, score, source from {view}_similar_items"),
            Popular = await RowsAsync(connection, $"select segment, kind, rank, item_id, score from {view}_popular"),
            Items = await RowsAsync(connection, $"select item_id, users, popularity, propensity, exposure from {view}_items"),
        };
    }

    static async Task<string[]> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))));
        // A view has no order of its own.
        rows.Sort(StringComparer.Ordinal);
        return [.. rows];
    }

    static string Text(object value) => value switch
    {
        DBNull => "-",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static IEnumerable<string> Tagged(string list, string[] rows) => rows.Select(row => $"{list}: {row}");
}
