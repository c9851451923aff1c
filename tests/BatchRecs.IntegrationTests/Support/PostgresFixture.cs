using System.Globalization;
using Npgsql;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>Empty PostgreSQL databases for tests, one per call, on the private server of this process.</summary>
public sealed class PostgresFixture
{
    static int _databases;
    readonly PostgresCluster _cluster = PostgresCluster.Instance;

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string, for the superuser.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = "t" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await using var connection = new NpgsqlConnection(_cluster.ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} template template0", connection);
        await command.ExecuteNonQueryAsync();
        return _cluster.ConnectionTo(name);
    }
}
