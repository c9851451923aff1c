using System.Data.Common;
using Npgsql;

namespace BatchRecs.Store.Postgres;

/// <summary>A PostgreSQL database.</summary>
public sealed class PostgresDatabase(StoreSettings settings) : Database(settings)
{
    readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(settings.Connection);

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(bool readOnly, CancellationToken token)
    {
        var connection = await _source.OpenConnectionAsync(token);
        if (readOnly)
        {
            await using var command = new NpgsqlCommand("set session characteristics as transaction read only", connection);
            await command.ExecuteNonQueryAsync(token);
        }
        return connection;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
