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
