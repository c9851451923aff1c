using BatchRecs.Core.Data;
using BatchRecs.Store.Sql;
using Npgsql;
using NpgsqlTypes;

namespace BatchRecs.Store.Postgres;

/// <summary>Loads rows by binary COPY; nothing is kept unless <see cref="CompleteAsync"/> is reached.</summary>
sealed class PostgresRowLoader(NpgsqlBinaryImporter importer) : RowLoader
{
    /// <inheritdoc/>
    public override void StartRow() => importer.StartRow();

    /// <inheritdoc/>
    public override void Write(long value) => importer.Write(value, NpgsqlDbType.Bigint);

    /// <inheritdoc/>
    public override void Write(int value) => importer.Write(value, NpgsqlDbType.Integer);

    /// <inheritdoc/>
    public override void Write(double value) => importer.Write(value, NpgsqlDbType.Double);

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (value is null)
            importer.WriteNull();
        else
            importer.Write(value, NpgsqlDbType.Text);
    }

    /// <inheritdoc/>
    public override void WriteId(IdMap ids, int index)
    {
        if (index < 0)
        {
            importer.WriteNull();
            return;
        }

        switch (ids.Kind)
        {
            case IdKind.Int16:
                importer.Write((short)ids.Integers[index], NpgsqlDbType.Smallint);
                break;
            case IdKind.Int32:
                importer.Write((int)ids.Integers[index], NpgsqlDbType.Integer);
                break;
            case IdKind.Int64:
                importer.Write(ids.Integers[index], NpgsqlDbType.Bigint);
                break;
            case IdKind.Uuid:
                importer.Write(ids.Uuids[index], NpgsqlDbType.Uuid);
                break;
            default:
                importer.Write(ids.Texts[index], NpgsqlDbType.Text);
                break;
        }
    }

    /// <summary>Writes an array of doubles.</summary>
    public void Write(double[] values) => importer.Write(values, NpgsqlDbType.Array | NpgsqlDbType.Double);

    /// <summary>Writes an array of texts, some of which may be null.</summary>
    public void Write(string?[] values) => importer.Write(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    /// <summary>Writes an array of the ids at <paramref name="indices"/>; null where an index is negative.</summary>
    public void WriteIds(IdMap ids, ReadOnlySpan<int> indices)
    {
        switch (ids.Kind)
        {
            case IdKind.Int16:
                importer.Write(Select(indices, index => (short)ids.Integers[index]), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
                break;
            case IdKind.Int32:
                importer.Write(Select(indices, index => (int)ids.Integers[index]), NpgsqlDbType.Array | NpgsqlDbType.Integer);
                break;
            case IdKind.Int64:
                importer.Write(Select(indices, index => ids.Integers[index]), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
                break;
            case IdKind.Uuid:
                importer.Write(Select(indices, index => ids.Uuids[index]), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
                break;
            default:
                string?[] texts = new string?[indices.Length];
                for (int n = 0; n < texts.Length; n++)
                    texts[n] = indices[n] < 0 ? null : ids.Texts[indices[n]];
                Write(texts);
                break;
        }
    }

    static T?[] Select<T>(ReadOnlySpan<int> indices, Func<int, T> id) where T : struct
    {
        var selected = new T?[indices.Length];
        for (int n = 0; n < selected.Length; n++)
            selected[n] = indices[n] < 0 ? null : id(indices[n]);
        return selected;
    }

    /// <inheritdoc/>
    public override ValueTask EndRowAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task CompleteAsync(CancellationToken token) => await importer.CompleteAsync(token);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => importer.DisposeAsync();
}
