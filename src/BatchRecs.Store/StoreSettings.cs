namespace BatchRecs.Store;

/// <summary>A configured store: <c>stores.NAME</c> in appsettings.</summary>
/// <param name="Name">The name that job files use.</param>
/// <param name="Provider">Which kind of database.</param>
/// <param name="Connection">The connection string of the driver; SQLite paths are already absolute.</param>
public sealed record StoreSettings(string Name, StoreProvider Provider, string Connection)
{
    /// <summary>Returns name and kind: the connection string may hold a password and never becomes text by accident.</summary>
    public override string ToString() => $"{Name} ({Provider})";
}

/// <summary>The kinds of database that can be a store.</summary>
public enum StoreProvider
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or newer.</summary>
    Postgres,
}
