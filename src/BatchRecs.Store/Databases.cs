using BatchRecs.Store.Postgres;
using BatchRecs.Store.Sqlite;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Store;

/// <summary>The kinds of store that exist, one line each.</summary>
public static class Databases
{
    /// <summary>Makes a store ready for use; nothing is connected yet.</summary>
    /// <param name="settings">Which store.</param>
    /// <param name="loggers">Where the store logs.</param>
    /// <param name="names">Schema names; null = the defaults.</param>
    /// <param name="faults">Where tests make statements fail; null outside tests.</param>
    /// <param name="retries">How long it is waited for while it is away; null = not at all.</param>
    /// <exception cref="BatchRecs.Core.Errors.ConfigurationException">The connection string or a schema name is wrong.</exception>
    public static Database Open(
        StoreSettings settings,
        ILoggerFactory loggers,
        SchemaNames? names = null,
        FaultPoints? faults = null,
        RetrySettings? retries = null)
    {
        Database database = settings.Provider switch
        {
            StoreProvider.Sqlite => new SqliteDatabase(settings, names, loggers.CreateLogger<SqliteDatabase>()),
            StoreProvider.Postgres => new PostgresDatabase(settings, names, loggers.CreateLogger<PostgresDatabase>()),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Provider, "Unknown kind of store."),
        };
        database.BeforeStatement = faults?.Statement;
        if (retries is not null)
            database.Retry = new Retry(settings.Name, retries, database.Logger);
        return database;
    }
}
