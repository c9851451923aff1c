using System.Data.Common;
using BatchRecs.Store.Extract;

namespace BatchRecs.Store.Import;

/// <summary>A column of a table to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
sealed record CsvColumn(string Name, CsvColumnType Type);

/// <summary>A new table that receives rows.</summary>
abstract class CsvTarget : IAsyncDisposable
{
    /// <summary>Writes the current row.</summary>
    public abstract ValueTask WriteAsync(CsvReader row, CancellationToken token);

    /// <summary>Ends the rows; the caller commits.</summary>
    public abstract ValueTask CompleteAsync(CancellationToken token);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Makes the table in the place of an older one.</summary>
    /// <param name="dialect">Folder of the dialect.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction of the import.</param>
    /// <param name="table">The quoted table.</param>
    /// <param name="definitions">Quoted columns with their types.</param>
    /// <param name="token">Cancels the statements.</param>
    protected static async Task CreateTableAsync(
        string dialect, DbConnection connection, DbTransaction transaction, string table, string definitions, CancellationToken token)
    {
        string[] statements =
        [
            SourceSql.Get(dialect, "import/drop", ("table", table)),
            SourceSql.Get(dialect, "import/create", ("table", table), ("definitions", definitions)),
        ];
        foreach (string statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(token);
        }
    }
}
