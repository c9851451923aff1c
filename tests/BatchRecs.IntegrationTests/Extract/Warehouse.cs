using System.Data.Common;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Postgres;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>A store for tests, and a way to run statements in it.</summary>
sealed class Warehouse : IAsyncDisposable
{
    readonly string? _folder;

    Warehouse(Database database, string? folder) => (Database, _folder) = (database, folder);

    public Database Database { get; }

    public static Warehouse Sqlite()
    {
        string folder = TemporaryFolders.Create("brextract-").FullName;
        return new(
            new SqliteDatabase(new StoreSettings("warehouse", StoreProvider.Sqlite, $"Data Source={folder}/w.db;Pooling=false")), folder);
    }

    public static async Task<Warehouse> PostgresAsync(PostgresFixture fixture) =>
        new(
            new PostgresDatabase(new StoreSettings("warehouse", StoreProvider.Postgres, await fixture.CreateDatabaseAsync())),
            folder: null);

    public async Task RunAsync(params string[] statements)
    {
        await using var connection = await Database.OpenAsync(readOnly: false, CancellationToken.None);
        foreach (string statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(readOnly: true, CancellationToken.None);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}
