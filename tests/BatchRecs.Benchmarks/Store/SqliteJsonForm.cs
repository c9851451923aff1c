using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using Microsoft.Data.Sqlite;

namespace BatchRecs.Benchmarks.Store;

/// <summary>A row per user on SQLite, which has no arrays: the list is JSON text that the view takes apart.</summary>
sealed class SqliteJsonForm(string connection) : ListForm("json")
{
    /// <inheritdoc/>
    public override string WholeList => Sql("sqlite/json/whole");

    /// <inheritdoc/>
    public override string TopTen => Sql("sqlite/json/top");

    /// <inheritdoc/>
    public override string? For => null;

    /// <inheritdoc/>
    public override async Task LoadAsync(SyntheticLists lists, CancellationToken token)
    {
        await using var target = (SqliteConnection)await OpenAsync(token);
        string ids = lists.Users.Kind == IdKind.Text ? "text" : "integer";
        await using (var create = new SqliteCommand(Sql("sqlite/json/create").Replace("{id}", ids, StringComparison.Ordinal), target))
            await create.ExecuteNonQueryAsync(token);
        foreach (var block in lists.Blocks())
        {
            await using var transaction = target.BeginTransaction();
            await using var insert = new SqliteCommand(Sql("sqlite/json/load"), target, transaction);
            var user = insert.Parameters.AddWithValue("@userId", 0);
            var list = insert.Parameters.AddWithValue("@list", "");
            for (int start = 0, end; start < block.Count; start = end)
            {
                end = start;
                while (end < block.Count && block.Users[end] == block.Users[start])
                    end++;
                user.Value = Id(lists.Users, block.Users[start]);
                list.Value = Json(lists, block, start, end);
                insert.ExecuteNonQuery();
            }
            await transaction.CommitAsync(token);
        }
    }

    /// <inheritdoc/>
    public override async Task<long> BytesAsync(CancellationToken token)
    {
        await using var target = await OpenAsync(token);
        await using var command = target.CreateCommand();
        command.CommandText =
            "select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size";
        return Convert.ToInt64(await command.ExecuteScalarAsync(token), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken token)
    {
        var opened = new SqliteConnection(connection);
        await opened.OpenAsync(token);
        await using var pragma = new SqliteCommand("pragma journal_mode = wal; pragma synchronous = normal", opened);
        await pragma.ExecuteNonQueryAsync(token);
        return opened;
    }

    static string Json(SyntheticLists lists, RecommendationBatch block, int start, int end)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            for (int n = start; n < end; n++)
            {
                json.WriteStartArray();
                WriteId(json, lists.Items, block.Items[n]);
                json.WriteNumberValue(block.Scores[n]);
                json.WriteStringValue(block.Sources[n]);
                json.WriteStringValue(block.Reasons[n]);
                WriteId(json, lists.Items, block.Because[n]);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    static void WriteId(Utf8JsonWriter json, IdMap ids, int index)
    {
        if (index < 0)
            json.WriteNullValue();
        else if (ids.Kind == IdKind.Text)
            json.WriteStringValue(ids.Texts[index]);
        else
            json.WriteNumberValue(ids.Integers[index]);
    }
}
