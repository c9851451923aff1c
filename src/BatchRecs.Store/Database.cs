using System.Data.Common;

namespace BatchRecs.Store;

/// <summary>A store: opens connections and runs the named statements of its dialect.</summary>
public abstract class Database(StoreSettings settings) : IAsyncDisposable
{
    /// <summary>Gets the settings of the store.</summary>
    public StoreSettings Settings { get; } = settings;

    /// <summary>Opens a connection.</summary>
    /// <param name="readOnly">True = the session refuses every write (the warehouse is always opened so).</param>
    /// <param name="token">Cancels the attempt.</param>
    public abstract Task<DbConnection> OpenAsync(bool readOnly, CancellationToken token);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
