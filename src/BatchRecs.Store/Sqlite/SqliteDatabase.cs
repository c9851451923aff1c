using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace BatchRecs.Store.Sqlite;

/// <summary>A SQLite file.</summary>
public sealed class SqliteDatabase : Database
{
    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Creates the database; the file is made at the first connection that may write.</summary>
    public SqliteDatabase(StoreSettings settings) : base(settings)
    {
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(bool readOnly, CancellationToken token)
    {
        var builder = new SqliteConnectionStringBuilder(Settings.Connection);
        if (readOnly)
            builder.Mode = SqliteOpenMode.ReadOnly;
        var connection = new SqliteConnection(builder.ToString());
        await connection.OpenAsync(token);
        return connection;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
