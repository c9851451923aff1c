using System.Data.Common;
using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using Npgsql;
using NpgsqlTypes;

namespace BatchRecs.Benchmarks.Store;

/// <summary>Another form on PostgreSQL, by the statements in <c>sql/postgres/NAME</c>: its own table under the same kind of view.</summary>
sealed class PostgresForm(string name, string connection, PostgresForm.RowWriter write) : ListForm(name)
{
    /// <summary>Words of sources and reasons, in the order of their codes from 1.</summary>
    static readonly string[] Labels = ["als", "recent", ReasonCodes.Because, ReasonCodes.PopularNow];

    /// <summary>Writes the lists of a batch.</summary>
    public delegate void RowWriter(NpgsqlBinaryImporter importer, SyntheticLists lists, RecommendationBatch batch);

    /// <inheritdoc/>
    public override string WholeList => Sql($"postgres/{Name}/whole");

    /// <inheritdoc/>
    public override string TopTen => Sql($"postgres/{Name}/top");

    /// <inheritdoc/>
    public override string? For => Sql($"postgres/{Name}/for");

    /// <inheritdoc/>
    public override async Task LoadAsync(SyntheticLists lists, CancellationToken token)
    {
        await using var target = await OpenAsync(token);
        string ids = lists.Users.Kind == IdKind.Text ? "text" : "int4";
        await RunAsync(target, Sql($"postgres/{Name}/create").Replace("{id}", ids, StringComparison.Ordinal), token);
        string copy = Sql($"postgres/{Name}/load");
        foreach (var block in lists.Blocks())
        {
            await using var importer = await ((NpgsqlConnection)target).BeginBinaryImportAsync(copy, token);
            write(importer, lists, block);
            await importer.CompleteAsync(token);
        }
        await RunAsync(target, Sql($"postgres/{Name}/seal").Replace("{id}", ids, StringComparison.Ordinal), token);
    }

    /// <inheritdoc/>
    public override async Task<long> BytesAsync(CancellationToken token)
    {
        await using var target = await OpenAsync(token);
        await using var command = target.CreateCommand();
        command.CommandText = $"select pg_total_relation_size('bench_{Name}_1')";
        return (long)(await command.ExecuteScalarAsync(token))!;
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken token)
    {
        var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync(token);
        return opened;
    }

    /// <summary>Writes a row per rank.</summary>
    public static void WriteRows(NpgsqlBinaryImporter importer, SyntheticLists lists, RecommendationBatch batch)
    {
        for (int n = 0; n < batch.Count; n++)
        {
            importer.StartRow();
            importer.Write(1L, NpgsqlDbType.Bigint);
            WriteId(importer, lists.Users, batch.Users[n]);
            importer.Write(batch.Ranks[n], NpgsqlDbType.Integer);
            WriteId(importer, lists.Items, batch.Items[n]);
            importer.Write(batch.Scores[n], NpgsqlDbType.Double);
            importer.Write(batch.Sources[n], NpgsqlDbType.Text);
            if (batch.Reasons[n] is { } reason)
                importer.Write(reason, NpgsqlDbType.Text);
            else
                importer.WriteNull();
            WriteId(importer, lists.Items, batch.Because[n]);
        }
    }

    /// <summary>Writes a row per user with arrays; sources and reasons are texts.</summary>
    public static void WriteArrays(NpgsqlBinaryImporter importer, SyntheticLists lists, RecommendationBatch batch) =>
        WriteLists(importer, lists, batch, (start, end) =>
        {
            importer.Write(batch.Sources[start..end], NpgsqlDbType.Array | NpgsqlDbType.Text);
            importer.Write(batch.Reasons[start..end], NpgsqlDbType.Array | NpgsqlDbType.Text);
        });

    /// <summary>Writes a row per user with arrays; sources and reasons are positions in an array of words that each row carries.</summary>
    public static void WriteCodes(NpgsqlBinaryImporter importer, SyntheticLists lists, RecommendationBatch batch) =>
        WriteLists(importer, lists, batch, (start, end) =>
        {
            importer.Write(Codes(batch.Sources[start..end]), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
            importer.Write(Codes(batch.Reasons[start..end]), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
            importer.Write(Labels, NpgsqlDbType.Array | NpgsqlDbType.Text);
        });

    static void WriteLists(
        NpgsqlBinaryImporter importer, SyntheticLists lists, RecommendationBatch batch, Action<int, int> writeWords)
    {
        for (int start = 0, end; start < batch.Count; start = end)
        {
            end = start;
            while (end < batch.Count && batch.Users[end] == batch.Users[start])
                end++;
            importer.StartRow();
            importer.Write(1L, NpgsqlDbType.Bigint);
            WriteId(importer, lists.Users, batch.Users[start]);
            WriteIds(importer, lists.Items, batch.Items[start..end]);
            importer.Write(batch.Scores[start..end], NpgsqlDbType.Array | NpgsqlDbType.Double);
            writeWords(start, end);
            WriteIds(importer, lists.Items, batch.Because[start..end]);
        }
    }

    static short?[] Codes(string?[] words) =>
        [.. words.Select(word => word is null ? (short?)null : (short)(Array.IndexOf(Labels, word) + 1))];

    static void WriteId(NpgsqlBinaryImporter importer, IdMap ids, int index)
    {
        if (index < 0)
            importer.WriteNull();
        else if (ids.Kind == IdKind.Text)
            importer.Write(ids.Texts[index], NpgsqlDbType.Text);
        else
            importer.Write((int)ids.Integers[index], NpgsqlDbType.Integer);
    }

    static void WriteIds(NpgsqlBinaryImporter importer, IdMap ids, int[] indices)
    {
        if (ids.Kind == IdKind.Text)
            importer.Write(
                Array.ConvertAll(indices, index => index < 0 ? null : ids.Texts[index]), NpgsqlDbType.Array | NpgsqlDbType.Text);
        else
            importer.Write(
                Array.ConvertAll(indices, index => index < 0 ? (int?)null : (int)ids.Integers[index]),
                NpgsqlDbType.Array | NpgsqlDbType.Integer);
    }

    static async Task RunAsync(DbConnection target, string sql, CancellationToken token)
    {
        await using var command = target.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(token);
    }
}
