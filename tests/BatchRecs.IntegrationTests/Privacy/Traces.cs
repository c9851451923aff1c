using System.Data.Common;
using System.Globalization;
using System.Text;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>Looks for a word in everything that BatchRecs keeps: every row of its tables, every byte of its files.</summary>
static class Traces
{
    /// <summary>Names the tables and files in which a word is.</summary>
    /// <param name="project">The project.</param>
    /// <param name="word">Letters, digits and hyphens, so that no escaping hides it.</param>
    public static async Task<string[]> OfAsync(RefreshProject project, string word) =>
        [.. await InTablesAsync(project.Serving, word), .. InFiles(project, word)];

    /// <summary>Names the tables in which a word is.</summary>
    public static async Task<string[]> InTablesAsync(Database serving, string word)
    {
        await using var connection = await serving.OpenAsync(readOnly: true, CancellationToken.None);
        bool isPostgres = serving.Settings.Provider == StoreProvider.Postgres;
        string tables = isPostgres
            ? "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('batchrecs', 'recs')"
            : "select '\"' || name || '\"' from sqlite_master where type = 'table' and name like 'batchrecs%'";
        var found = new List<string>();
        foreach (string table in await RowsAsync(connection, tables))
            if ((await RowsAsync(connection, $"select * from {table}")).Any(row => row.Contains(word, StringComparison.Ordinal)))
                found.Add(table);
        return [.. found];
    }

    /// <summary>Names the files of the work folder, and the files of the SQLite store with their logs, in which a word is.</summary>
    static IEnumerable<string> InFiles(RefreshProject project, string word)
    {
        byte[][] spellings = [Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word)];
        return Directory.EnumerateFiles(project.InFolder("."), "*", SearchOption.AllDirectories)
            .Where(file => Holds(file, spellings))
            .Select(file => Path.GetRelativePath(project.InFolder("."), file));
    }

    static bool Holds(string file, byte[][] spellings)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return spellings.Any(spelling => bytes.ToArray().AsSpan().IndexOf(spelling) >= 0);
    }

    static async Task<List<string>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('\t', Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        return rows;
    }
}
